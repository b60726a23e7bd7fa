/** `--rds-url`: which option is taken for which data source, and what is refused without telling a password. */
import { readRdsUrls, requireDatabases } from '../../bin/commands/rds-urls';
import type { Assembly } from '../../lib/model';
import { apiModel, resource } from '../local/executor-fixture';
import { runCli } from './cli-process';

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
