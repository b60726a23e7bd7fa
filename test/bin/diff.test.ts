import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, runCli, temporaryFolder } from './cli-process';

afterEach(cleanUp);

function schemas(before: string, after: string): { folder: string; args: string[] } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'old.graphql'), before);
  writeFileSync(join(folder, 'new.graphql'), after);
  return { folder, args: ['diff', '--baseline', 'old.graphql', '--schema', 'new.graphql'] };
}

const base = 'type Query {\n  a: Int\n  b(x: Int = 1): Int\n}\n';

test('a breaking change exits with 1, after everything else is told too', async () => {
  const { folder, args } = schemas(base, 'type Query {\n  b(x: Int = 2): Int\n  c: Int\n}\n');
  const { code, stdout, stderr } = await runCli(args, { cwd: folder });

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain('old.graphql:2:3 - error SDL_BREAKING_FIELD_REMOVED: Query.a was removed');
  expect(stdout).toContain('new.graphql:2:5 - warning SDL_DANGEROUS_DEFAULT: Query.b arg x has changed defaultValue from 1 to 2');
  expect(stdout).toMatch(/new\.graphql:3:3 - safe: Query\.c was added\n\n1 breaking, 1 dangerous, 1 safe\n$/);
});

test('dangerous changes alone exit with 0, and JSON holds the safe ones beside the diagnostics', async () => {
  const { folder, args } = schemas(base, base.replace('a: Int', 'a: Int @aws_iam\n  c: Int'));
  const { code, stdout } = await runCli([...args, '--default-authorization', 'AWS_IAM', '--format', 'json'], { cwd: folder });

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ diagnostics: [], safe: [{ message: 'Query.c was added', file: 'new.graphql', line: 3, column: 3 }] });
});

test('bad input is told in one line and exits with 2', async () => {
  const { folder, args } = schemas('type Query {', base);

  expect(await runCli(args, { cwd: folder })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('old.graphql:1:13 - error SDL_SYNTAX') as string });
  expect(await runCli(['diff', '--schema', 'new.graphql'], { cwd: folder })).toMatchObject({ code: 2, stderr: expect.stringContaining('--baseline is needed: what is deployed, to compare with') as string });
  expect((await runCli(['diff', '--baseline', 'gone.graphql', '--schema', 'new.graphql'], { cwd: folder })).stderr).toMatch(/^error SDL_NO_FILE: schema path "gone\.graphql" does not exist\n(?!.*error )/s);
  expect(await runCli([...args, '--default-authorization', 'IAM'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: 'appsync-local: --default-authorization is API_KEY, AWS_IAM, OPENID_CONNECT, AWS_LAMBDA, AMAZON_COGNITO_USER_POOLS, not "IAM"\n',
  });
});
