/** The dependency directions of docs/architecture.md, read from import specifiers. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/** What a folder below `lib` may import: other folders by their door, and packages. Node's own modules are free unless listed in `confined`. */
const mayImport: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>> = {
  diagnostics: { folders: [], packages: [] },
  model: { folders: ['diagnostics'], packages: ['yaml'] },
  sdl: { folders: ['diagnostics'], packages: ['graphql'] },
  compiler: { folders: ['sdl', 'diagnostics'], packages: ['esbuild', 'acorn', 'source-map-js'] },
  velocity: { folders: ['diagnostics'], packages: [] },
  checks: { folders: ['model', 'sdl', 'compiler', 'velocity', 'diagnostics'], packages: ['graphql'] },
  codegen: { folders: ['sdl', 'diagnostics'], packages: ['graphql'] },
  local: { folders: ['model', 'sdl', 'compiler', 'velocity', 'diagnostics'], packages: ['graphql', 'ws', 'jose', 'dynalite', 'acorn', 'selfsigned', 'minisearch', 'pg'] },
  constructs: { folders: ['model', 'sdl', 'compiler', 'checks', 'codegen', 'diagnostics'], packages: ['aws-cdk-lib', 'constructs'] },
};

/** Modules that only one file may touch. */
const confined: Readonly<Record<string, readonly string[]>> = {
  // One file listens, one calls out.
  'node:http': ['lib/local/server.ts', 'lib/local/incoming-request.ts', 'lib/local/lambda/service-endpoint.ts', 'lib/local/data-sources/http.ts'],
  'node:https': ['lib/local/server.ts', 'lib/local/data-sources/http.ts'],
  // Beside the port: whether a text is an IP address.
  'node:net': ['lib/local/server.ts', 'lib/local/lambda/service-endpoint.ts', 'lib/sdl/scalars.ts', 'lib/local/ip-block.ts'],
  ws: ['lib/local/server.ts'],
  esbuild: ['lib/compiler/bundle.ts'],
  selfsigned: ['lib/local/state-folder.ts'],
  pg: ['lib/local/databases/postgres-server.ts'],
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function imports(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+'([^']+)'|\bimport\s*\(\s*'([^']+)'\s*\)|\brequire\s*\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    line: text.slice(0, (match.index ?? 0) + 1).split('\n').length,
    specifier: match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
  }));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const at = ({ file, line, specifier }: Import) => `${file}:${line} imports ${specifier}`;

test('lib folders import each other only in the allowed directions, and only through the door', () => {
  const wrong = sources('lib').flatMap((file) => {
    const [, folder = ''] = file.split('/');
    const allowed = mayImport[folder];
    if (!allowed) return []; // lib/index.ts is the door of lib/constructs
    return imports(file).flatMap((found) => {
      const { specifier } = found;
      if (specifier.startsWith('node:')) return [];
      if (!specifier.startsWith('.')) return allowed.packages.includes(packageOf(specifier)) ? [] : [`${at(found)}: lib/${folder} may use ${allowed.packages.join(', ') || 'no package'}`];
      const target = relative(root, resolve(root, dirname(file), specifier));
      const [top, other = '', ...rest] = target.split('/');
      if (top !== 'lib') return [`${at(found)}: lib never reaches outside lib`];
      if (other === folder) return [];
      if (!allowed.folders.includes(other)) return [`${at(found)}: lib/${folder} may import ${allowed.folders.join(', ') || 'nothing of ours'}`];
      return rest.length === 0 || (rest.length === 1 && rest[0] === 'index') ? [] : [`${at(found)}: use the door lib/${other}`];
    });
  });
  expect(wrong).toEqual([]);
});

test('every folder of lib is known here', () => {
  const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders.sort()).toEqual(Object.keys(mayImport).sort());
});

test('the port, sockets, the bundler and certificates are touched by the files that are for it', () => {
  const wrong = sources('lib')
    .flatMap(imports)
    .filter(({ file, specifier }) => confined[specifier] && !confined[specifier].includes(file))
    .map((found) => `${at(found)}: only ${confined[found.specifier]?.join(', ')} may`);
  expect(wrong).toEqual([]);
});

test('bin reaches lib by its doors', () => {
  const wrong = sources('bin')
    .flatMap(imports)
    .filter(({ specifier }) => /lib\/[^/]+\//.test(specifier))
    .map(at);
  expect(wrong).toEqual([]);
});

test('resolvers import nothing but AppSync helpers and each other', () => {
  const wrong = sources('resolvers')
    .flatMap(imports)
    .filter(({ specifier }) => !specifier.startsWith('.') && packageOf(specifier) !== '@aws-appsync/utils')
    .map(at);
  expect(wrong).toEqual([]);
});

test('no room is a drawer', () => {
  const drawers = ['lib', 'bin', 'test'].flatMap(sources).filter((file) => /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.ts$)|(^|\/)types\.ts$/.test(file));
  expect(drawers).toEqual([]);
});

test('a file over 500 lines gives its reason', () => {
  const unexplained = ['lib', 'bin'].flatMap(sources).filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return text.split('\n').length > 500 && !/one file because/i.test(text.slice(0, 1_500));
  });
  expect(unexplained).toEqual([]);
});
