/** The command line as such: commands, options, help; and the commands that need no running API. */
import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appCopy, cleanUp, edit, fixtures, root, runCli, start, temporaryFolder } from './cli-process';

afterEach(cleanUp);

const broken = ['--schema', 'schema.graphql', '--resolvers', 'resolvers'];
const inBroken = { cwd: join(fixtures, 'broken') };

describe('arguments', () => {
  test('without any, lists the commands', async () => {
    const [none, help] = await Promise.all([runCli([]), runCli(['--help'])]);

    expect(none).toEqual({ ...help, code: 2 });
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout.match(/^ {2}\w+/gm)).toEqual(expect.arrayContaining(['  dev', '  check', '  codegen', '  token', '  request']));
  });

  test('--help of a command lists its options, one under the other', async () => {
    const { code, stdout } = await runCli(['dev', '--help']);

    const columns = [...stdout.matchAll(/^ {2}(--[\w-]+ \S+ +)\S/gm)].map(([, column]) => column?.length);
    const inUsage = /^usage: .*$/m.exec(stdout)?.[0].match(/--[\w-]+ [A-Z[]/g) ?? [];
    expect(code).toBe(0);
    expect(inUsage.length).toBeGreaterThan(10);
    expect(columns).toHaveLength(inUsage.length);
    expect(new Set(columns).size).toBe(1);
  });

  test('--version is that of the package, in a checkout and compiled', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

    const checkout = start(process.execPath, [join(root, 'bin', 'appsync-local.mjs'), '--version']);

    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await checkout.finished()).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('an unknown command is refused with the ones there are', async () => {
    const { code, stdout, stderr } = await runCli(['dve']);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^appsync-local: there is no command "dve", did you mean "dev"\?; the commands are dev, check, [\w, ]+\n$/);
  });

  test.each<[string, string[], string]>([
    ['an unknown option', ['check', '--templat', 'x'], 'there is no option "--templat", did you mean "--template"?; "appsync-local check --help" lists the options'],
    ['an option without its value', ['dev', '--port'], '--port needs a value; "appsync-local dev --help" lists the options'],
    ['text where none belongs', ['check', 'x.yaml'], '"x.yaml" is not an option; "appsync-local check --help" lists the options'],
    ['an unknown format', ['check', '--format', 'xml'], '--format is text, json, github, sarif, not "xml"'],
    ['a schema beside a template', ['check', '--schema', 'a.graphql', '--template', 'x.yaml'], 'give --schema or --template, not both: a template names its own schema'],
    ['resolvers without a schema', ['check', '--resolvers', 'r'], '--resolvers needs --schema: resolver files are checked against a schema'],
  ])('%s is refused with what to do instead', async (_what, args, message) => {
    expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: `appsync-local: ${message}\n` });
  });
});

describe('check', () => {
  test('prints nothing but the count, and exits with 0, when all is well', async () => {
    expect(await runCli(['check', '--template', join(fixtures, 'notes.yaml')])).toEqual({ code: 0, stdout: '0 errors, 0 warnings\n', stderr: '' });
  });

  test('prints findings with their place, and exits with 1', async () => {
    const { code, stdout, stderr } = await runCli(['check', ...broken], inBroken);

    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout.match(/^\S+:\d+:\d+ - .*/gm)).toEqual([
      'resolvers/Query.greet.ts:2:3 - error RES_TRY: "try/catch" is not available',
      'resolvers/Query.gret.ts:1:1 - error RES_FIELD: resolver Query.gret is named after field "gret", which "Query" does not have',
      'schema.graphql:6:46 - error SDL_SUBSCRIPTION_MUTATION: Subscription.onGreet listens to unknown mutation "grete"',
    ]);
    expect(stdout).toMatch(/\n\n3 errors, 0 warnings\n$/);
  });

  test('gives scripts the same as JSON', async () => {
    const { code, stdout } = await runCli(['check', ...broken, '--format', 'json'], inBroken);

    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: unknown[] };
    expect(diagnostics).toHaveLength(3);
    expect(diagnostics[1]).toEqual({
      code: 'RES_FIELD',
      severity: 'error',
      message: 'resolver Query.gret is named after field "gret", which "Query" does not have',
      file: 'resolvers/Query.gret.ts',
      line: 1,
      column: 1,
      fix: 'did you mean "greet"?',
    });
  });

  test('annotates for GitHub, and writes SARIF', async () => {
    const [github, sarif] = await Promise.all(['github', 'sarif'].map((format) => runCli(['check', ...broken, '--format', format], inBroken)));

    expect([github?.code, sarif?.code]).toEqual([1, 1]);
    expect(github?.stdout.split('\n')[1]).toBe(
      '::error file=resolvers/Query.gret.ts,line=1,col=1,title=RES_FIELD::resolver Query.gret is named after field "gret", which "Query" does not have%0Afix: did you mean "greet"?',
    );
    const { version, runs } = JSON.parse(sarif?.stdout ?? '') as { version: string; runs: { results: { ruleId: string; level: string }[] }[] };
    expect(version).toBe('2.1.0');
    expect(runs[0]?.results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual(['error RES_TRY', 'error RES_FIELD', 'error SDL_SUBSCRIPTION_MUTATION']);
  });

  test.each(['json', 'sarif'])('writes an empty report as %s when all is well', async (format) => {
    const { code, stdout } = await runCli(['check', '--template', join(fixtures, 'notes.yaml'), '--format', format]);

    expect(code).toBe(0);
    expect(format === 'json' ? JSON.parse(stdout) : (JSON.parse(stdout) as { runs: { results: unknown[] }[] }).runs[0]?.results).toEqual(format === 'json' ? { diagnostics: [] } : []);
  });

  test('runs the app of cdk.json, and points at the files the user wrote', async () => {
    const app = appCopy();
    edit(join(app, 'resolvers', 'words.ts'), "'Hello'", "new Date(0).toISOString()");

    const first = await runCli(['check', '--format', 'json'], { cwd: app });

    expect(first.code).toBe(1);
    expect(JSON.parse(first.stdout)).toMatchObject({ diagnostics: [{ severity: 'error', file: 'resolvers/words.ts', line: 1 }] });
  });

  test('exits with 2 when it could not run', async () => {
    const folder = temporaryFolder();
    const template = join(folder, 'broken.json');
    writeFileSync(template, '{ "Resources": ');

    const [app, file, none] = await Promise.all([
      runCli(['check', '--app', 'echo boom >&2; exit 3'], { cwd: folder }),
      runCli(['check', '--template', 'broken.json', '--format', 'json'], { cwd: folder }),
      runCli(['check'], { cwd: folder }),
    ]);

    expect(app).toEqual({ code: 2, stdout: '', stderr: 'appsync-local: the CDK app failed (echo boom >&2; exit 3, exit code 3):\nboom\n' });
    expect(file).toMatchObject({ code: 2, stdout: '' });
    expect(file.stderr).toMatch(/^broken\.json:1:\d+ - error MAN_UNREADABLE: the file is not valid JSON: /);
    expect(none).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('codegen', () => {
  test('writes types that compile', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'types.ts');

    expect(await runCli(['codegen', '--schema', 'schema/ecommerce.graphql', '--out', out])).toEqual({ code: 0, stdout: `${out} written\n`, stderr: '' });

    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    writeFileSync(join(folder, 'use.ts'), "import type { Product } from './types';\nexport const name = (product: Product): string => product.name;\n// @ts-expect-error it is text\nexport const wrong = (product: Product): number => product.name;\n");
    writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "noEmit": true, "skipLibCheck": true, "module": "node16", "types": [] }, "files": ["use.ts"] }');
    const tsc = promisify(execFile)(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
    await expect(tsc).resolves.toMatchObject({ stdout: '' });
  });

  test('refuses a schema with errors, a missing folder and missing options', async () => {
    const [schema, out, none, missing] = await Promise.all([
      runCli(['codegen', '--schema', 'schema.graphql', '--out', join(temporaryFolder(), 'types.ts')], inBroken),
      runCli(['codegen', '--schema', 'schema/ecommerce.graphql', '--out', '/no/such/types.ts']),
      runCli(['codegen', '--schema', 'schema/ecommerce.graphql']),
      runCli(['codegen', '--schema', 'no.graphql', '--out', 'x.ts']),
    ]);

    expect(schema).toMatchObject({ code: 2, stdout: '' });
    expect(schema.stderr).toContain('schema.graphql:6:46 - error SDL_SUBSCRIPTION_MUTATION');
    expect(out).toEqual({ code: 2, stdout: '', stderr: 'appsync-local: cannot write /no/such/types.ts: there is no folder /no/such\n' });
    expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^appsync-local: --schema and --out are needed; usage: appsync-local codegen --schema FILE… --out FILE/) as string });
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    // Nothing but the missing file: not that its schema lacks a query, too.
    expect(missing.stderr).toMatch(/^error SDL_NO_FILE: schema path "no\.graphql" does not exist\n(?!.*error )/s);
  });
});
