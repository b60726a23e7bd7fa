/** The template of the chat: as it is deployed, and as compliance rules see it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ChatStack } from '../../bin/samples/chat';

const outdir = mkdtempSync(join(tmpdir(), 'appsync-chat-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test('the template is the one in the snapshot', () => {
  const stack = new ChatStack(new App({ outdir: join(outdir, 'snapshot') }), 'Chat');
  const template = JSON.stringify(Template.fromStack(stack).toJSON(), null, 2);

  // Asset hashes change with every edit of a resolver and say nothing here.
  expect(JSON.parse(template.replace(/[0-9a-f]{64}/g, '<hash>'))).toMatchSnapshot();
});

test('AwsSolutions finds no error that is not acknowledged with a reason', () => {
  const app = new App({ outdir: join(outdir, 'nag') });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new ChatStack(app, 'Chat');

  expect(() => app.synth()).not.toThrow();
});
