/** `--rds-url`: which option is taken for which data source, and what is refused without telling a password. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRdsUrls, requireDatabases } from '../../bin/commands/rds-urls';
import type { Assembly } from '../../lib/model';
import { apiModel, resource } from '../local/executor-fixture';
import { password, postgresBin, startPostgres } from '../local/databases/postgres';
import { cleanUp, runCli, startDev, temporaryFolder } from './cli-process';

const assembly: Assembly = {
  apis: [
    apiModel({
      dataSources: [
        { name: 'Blog', type: 'OTHER', awsType: 'RELATIONAL_DATABASE', config: {}, resource },
        { name: 'none', type: 'NONE', resource },
      ],
    }),
  ],
  tables: [],
  userPools: [],
  diagnostics: [],
};
const url = 'postgres://alice:hush@localhost:5432/shop';
const example = 'postgres://user:password@localhost:5432/database';

test('one address is for every data source, or for the one it is named with', () => {
  expect(readRdsUrls({})).toEqual({});
  expect(readRdsUrls({ 'rds-url': [url] })).toEqual({ '*': url });
  expect(readRdsUrls({ 'rds-url': [`Blog=${url}`, 'postgresql://localhost'] })).toEqual({ Blog: url, '*': 'postgresql://localhost' });
});

test('an equals sign of the address names no data source', () => {
  const withParameters = 'postgres://alice:a=b@localhost/shop?sslmode=no-verify';

  expect(readRdsUrls({ 'rds-url': [withParameters] })).toEqual({ '*': withParameters });
  expect(readRdsUrls({ 'rds-url': [`Blog=${withParameters}`] })).toEqual({ Blog: withParameters });
});

test.each([
  ['Blog', `--rds-url is an address such as ${example}`],
  ['Blog=', `--rds-url of Blog is an address such as ${example}`],
  ['alice:hush@localhost/shop', `--rds-url is an address such as ${example}`],
  ['Blog=mysql://alice:hush@localhost/shop', `--rds-url of Blog is an address such as ${example}, not one of "mysql": PostgreSQL runs here, Aurora MySQL only when deployed`],
  ['postgres://alice:h/ush@localhost:x/shop', `--rds-url is an address such as ${example}; what was given cannot be read: write special characters of user and password as %40 for "@", %2F for "/", %23 for "#"`],
])('refuses %j', (option, message) => {
  expect(() => readRdsUrls({ 'rds-url': [option] })).toThrow(new Error(message));
});

test('refuses two addresses for one', () => {
  expect(() => readRdsUrls({ 'rds-url': [url, url] })).toThrow('--rds-url is given twice: name the data source of each, as in SOURCE=URL');
  expect(() => readRdsUrls({ 'rds-url': [`Blog=${url}`, `Blog=${url}`] })).toThrow('--rds-url is given twice for Blog: remove one');
});

test('refuses data sources that are not there, or have no database', () => {
  expect(() => requireDatabases({ '*': url, Blog: url }, assembly)).not.toThrow();
  expect(() => requireDatabases({ Blgo: url }, assembly)).toThrow('--rds-url names data source "Blgo", which is no Aurora data source of an API: did you mean "Blog"?');
  expect(() => requireDatabases({ none: url }, assembly)).toThrow('--rds-url names data source "none", which is no Aurora data source of an API: there is "Blog"');
  expect(() => requireDatabases({ '*': url }, { ...assembly, apis: [] })).toThrow('--rds-url is for Aurora data sources, and no API has one');
});

test('the command line ends with one line and code 2', async () => {
  const { code, stderr, stdout } = await runCli(['dev', '--template', 'nowhere.yaml', '--rds-url', 'mysql://root:hush@localhost/shop']);

  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`--rds-url is an address such as ${example}, not one of "mysql": PostgreSQL runs here, Aurora MySQL only when deployed`);
  expect(stderr + stdout).not.toContain('hush');
});

const template = `Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: Blog, AuthenticationType: API_KEY } }
  Key: { Type: AWS::AppSync::ApiKey, Properties: { ApiId: !GetAtt Api.ApiId } }
  Schema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Api.ApiId, Definition: "type Query { one(x: Int): String }" } }
  Ds:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: Db
      Type: RELATIONAL_DATABASE
      ServiceRoleArn: arn:aws:iam::123456789012:role/x
      RelationalDatabaseConfig: { RelationalDatabaseSourceType: RDS_HTTP_ENDPOINT, RdsHttpEndpointConfig: { AwsRegion: us-east-1, DbClusterIdentifier: "arn:aws:rds:us-east-1:123456789012:cluster:shop", AwsSecretStoreArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-abcdef" } }
  R:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: one
      DataSourceName: Db
      Runtime: { Name: APPSYNC_JS, RuntimeVersion: 1.0.0 }
      Code: |
        import { util } from '@aws-appsync/utils';
        export const request = (ctx) => ({ statements: ["select 'number ' || :x as n"], variableMap: { ':x': ctx.args.x } });
        export const response = (ctx) => { if (ctx.error) util.error(ctx.error.message, ctx.error.type); return util.rds.toJsonObject(ctx.result)[0][0].n; };
`;

afterAll(cleanUp);

// Continuous integration installs one.
const withPostgres = postgresBin === undefined && process.env.CI === undefined ? test.skip : test;

withPostgres('dev asks the server (apt-get install postgresql), tells which, and goes on when it is away', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'template.yaml');
  writeFileSync(file, template);
  const server = await startPostgres();
  try {
    const dev = await startDev(['--template', file, '--state', join(folder, 'state'), '--rds-url', server.url()]);
    const [{ url: endpoint, apiKeys }] = dev.ready.apis as [(typeof dev.ready.apis)[number]];
    const ask = async () => (await fetch(endpoint, { method: 'POST', headers: { 'x-api-key': apiKeys[0] ?? '' }, body: JSON.stringify({ query: '{ one(x: 4) }' }) })).json();

    expect(await ask()).toEqual({ data: { one: 'number 4' } });
    await server.stop();
    expect(await ask()).toMatchObject({ data: { one: null }, errors: [{ errorType: 'LocalAppSync', message: expect.stringContaining('no PostgreSQL answers at postgres://alice@127.0.0.1:') }] });
    await server.start();
    expect(await ask()).toEqual({ data: { one: 'number 4' } });
    expect(dev.output).toContain(`Data source Db asks postgres://alice@127.0.0.1:${server.port}/postgres\n`);
    expect(dev.output).not.toContain(encodeURIComponent(password));
  } finally {
    await server.remove();
  }
});
