/** The package as users get it: packed, installed into an empty project, and used there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { exampleFiles } from './readme';

const root = resolve(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'appsync-package-'));
const project = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', npm_config_update_notifier: 'false' };

/** Standard output; on failure the error holds both streams. */
function run(command: string, args: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}): string {
  try {
    return execFileSync(command, args, { cwd, env: { ...environment, ...more }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error([message, stdout, stderr].join('\n'));
  }
}

function installedVersion(name: string): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
}

let files: string[];

beforeAll(() => {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root)) as { filename: string; files: { path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];

  for (const [path, text] of Object.entries(exampleFiles())) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const exactly = (name: string) => `${name}@${installedVersion(name)}`;
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'notes', private: true }));
  const packages = [join(folder, packed?.filename ?? ''), ...['aws-cdk-lib', 'constructs', 'typescript', 'tsx', '@types/node'].map(exactly)];
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packages], project);
}, 300_000);

test('the tarball holds what is used and nothing else', () => {
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'bin/appsync-local.mjs', 'dist/bin/cli.js', 'dist/lib/index.js', 'dist/lib/index.d.ts', 'dist/lib/local/index.d.ts', 'docs/realtime-protocol.md', 'docs/data-sources/lambda.md', 'docs/authorization/iam.md']));
  expect(files.filter((path) => !/^(LICENSE|README\.md|CHANGELOG\.md|package\.json|bin\/appsync-local\.mjs|docs\/(data-sources\/|authorization\/)?[\w-]+\.md|dist\/(lib|bin)\/[\w./-]+\.(js|d\.ts))$/.test(path))).toEqual([]);
  expect(files.filter((path) => /test|sample|fixture|resolvers|cdk\.out|snap/i.test(path) && !path.startsWith('dist/lib/'))).toEqual([]);
});

describe.each([
  ['CommonJS', 'commonjs'],
  ['ES modules', 'module'],
])('from %s', (_name, type) => {
  beforeAll(() => {
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(project, 'package.json'), JSON.stringify({ ...manifest, type }));
  });

  test('the example of the README compiles', () => {
    const compile = (resolution: readonly string[], files: readonly string[]) => run('npx', ['tsc', '--strict', '--target', 'es2022', '--skipLibCheck', '--outDir', `built-${type}`, ...resolution, ...files], project);

    expect(compile(['--module', 'node16'], ['app.ts'])).toBe('');
    // Resolvers are bundled, and so resolved as a bundler does; see the README.
    expect(compile(['--module', 'esnext', '--moduleResolution', 'bundler'], ['resolvers/Query.getNote.ts', 'resolvers/Mutation.addNote.ts'])).toBe('');
  });

  test('it synthesizes, and its checks find nothing', () => {
    const outdir = join(project, `cdk.out-${type}`);
    run('node', [join(`built-${type}`, 'app.js')], project, { CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' });

    const template = JSON.parse(readFileSync(join(outdir, 'NotesStack.template.json'), 'utf8')) as { Resources: Record<string, { Type: string }> };
    expect(Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::AppSync::Resolver')).toHaveLength(3);
  });

  test('appsync-local checks it', () => {
    expect(run('npx', ['appsync-local', 'check', '--assembly', `cdk.out-${type}`], project)).toBe('0 errors, 0 warnings\n');
    expect(run('npx', ['appsync-local', 'check', '--app', `node ${join(`built-${type}`, 'app.js')}`], project)).toBe('0 errors, 0 warnings\n');
  });
});

describe('a test of the API', () => {
  const script = `
    const api = await startLocalApi('cdk.out-commonjs');
    const note = await api.as(apiKey()).mutate('mutation { addNote(room: "r", text: "t") { id room } }');
    console.log(note.room, (await api.table('NotesTable').items()).length, (await resolver('resolvers/Query.getNote.ts').request({ args: { id: '1' } })).operation);
    await api.close();`;

  test.each([
    ['required', 'commonjs', `const { apiKey, resolver, startLocalApi } = require('cdk-enterprise-appsync/local'); (async () => {${script}})();`],
    ['imported', 'module', `import { apiKey, resolver, startLocalApi } from 'cdk-enterprise-appsync/local';${script}`],
  ])('runs with what is %s', (_name, type, text) => {
    expect(run('node', [`--input-type=${type}`, '-e', text], project)).toBe('r 1 GetItem\n');
  });
});

test('every subpath can be required and imported', () => {
  const names = ['EnterpriseGraphqlApi', 'startLocal', 'checkAssembly'];
  const subpaths = ['cdk-enterprise-appsync', 'cdk-enterprise-appsync/local', 'cdk-enterprise-appsync/checks'];
  subpaths.forEach((subpath, i) => {
    expect(run('node', ['-p', `typeof require('${subpath}').${names[i]}`], project).trim()).toBe('function');
    expect(run('node', ['--input-type=module', '-e', `import { ${names[i]} } from '${subpath}'; console.log(typeof ${names[i]});`], project).trim()).toBe('function');
  });
});

test('no dependency runs an install script that it cannot do without', () => {
  const lock = JSON.parse(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8')) as { packages: Record<string, { hasInstallScript?: boolean }> };
  const withScripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
  // esbuild and classic-level ship their binaries as packages; their scripts only verify or fall back.
  expect([...new Set(withScripts)].filter((name) => !['esbuild', 'classic-level', 'fsevents'].includes(name))).toEqual([]);
});
