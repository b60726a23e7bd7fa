/** The template of the fleet: as it is deployed, and as compliance rules see it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { IotStack } from '../../bin/samples/iot';

const outdir = mkdtempSync(join(tmpdir(), 'appsync-iot-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test('the template is the one in the snapshot', () => {
  const stack = new IotStack(new App({ outdir: join(outdir, 'snapshot') }), 'Iot');
  const template = JSON.stringify(Template.fromStack(stack).toJSON(), null, 2);

  // Asset hashes change with every edit of a resolver or the function and say nothing here.
  expect(JSON.parse(template.replace(/[0-9a-f]{64}/g, '<hash>'))).toMatchSnapshot();
});

test('AwsSolutions finds no error that is not acknowledged with a reason', () => {
  const app = new App({ outdir: join(outdir, 'nag') });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new IotStack(app, 'Iot');

  expect(() => app.synth()).not.toThrow();
});

test('every backend may call one mutation, and only what signs for devices or raises alerts calls any', () => {
  const stack = new IotStack(new App({ outdir: join(outdir, 'roles') }), 'Iot');
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  const calls = Object.entries(policies).flatMap(([id, { Properties }]) => {
    const statements = Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[];
    return statements.filter(({ Action }) => String(Action).startsWith('appsync:')).map(({ Action, Resource }) => [id.replace(/(Function)?RoleDefaultPolicy.*/, ''), Action, JSON.stringify(Resource).match(/types[^"]*/)?.[0]]);
  });

  expect(calls.sort()).toEqual([
    ['IotAnomalies', 'appsync:GraphQL', 'types/Mutation/fields/raiseAlert'],
    ['IotMetrics', 'appsync:GraphQL', 'types/Mutation/fields/updateDeviceMetrics'],
    ['IotPresence', 'appsync:GraphQL', 'types/Mutation/fields/updateDeviceStatus'],
  ]);
});
