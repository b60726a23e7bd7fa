/**
 * Web pages beside the APIs, for samples and first tries: `<folder>/<api>/index.html`, whatever lies beside it, and `main.ts`, bundled for the
 * browser whenever it is asked for. A page finds its API in `config.json`, and signs people in without a password at `sign-in`, which is why
 * pages are served to this machine alone.
 */
import { readFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { type BuildContext, context } from 'esbuild';
import { DiagnosticError, reasonOf } from '../../lib/diagnostics';
import type { LocalApi, LocalAssembly, LocalServer, OtherHandler } from '../../lib/local';
import { UsageError } from './command';
import type { ApiDescription } from './greeting';

type Answer = Awaited<ReturnType<OtherHandler>>;

export interface Pages {
  readonly answer: OtherHandler;
  /** `https://localhost:4000/chat/`, by the name of the API. */
  urlOf(api: ApiDescription): string | undefined;
  close(): Promise<void>;
}

/** What a page reads at `config.json`. */
export interface PageConfig {
  readonly name: string;
  /** The GraphQL endpoint; its real-time address is made from it by clients. */
  readonly endpoint: string;
  readonly region: string;
  /** Null for an API that takes none. */
  readonly apiKey: string | null;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** Nothing of a page comes from elsewhere, and nobody else may show it in a frame. */
const safely = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'self'; connect-src 'self' https: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
};
/** A name that another site points at this machine is not among these, so its pages cannot ask for tokens here. */
const thisMachine = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** @throws UsageError when the folder has no page */
export function requirePages(folder: string): void {
  pagesIn(folder);
}

/** @param server undefined as long as nothing listens. @throws UsageError when the folder has no page */
export function openPages(folder: string, local: LocalAssembly, server: () => LocalServer | undefined): Pages {
  const bundles = new Map<string, Promise<BuildContext>>();
  const names = pagesIn(folder);

  const bundleOf = (name: string) => {
    const known = bundles.get(name);
    if (known) return known;
    const bundle = context({
      entryPoints: [join(folder, name, 'main.ts')],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      write: false,
      minify: true,
      sourcemap: 'inline',
      logLevel: 'silent',
      define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    });
    bundles.set(name, bundle);
    return bundle;
  };

  function apiOf(name: string): { readonly api: LocalApi; readonly endpoint: string } | undefined {
    const index = server()?.apis.findIndex(({ url }) => url.endsWith(`/${name}/graphql`)) ?? -1;
    const api = local.apis[index];
    const served = server()?.apis[index];
    return api && served && { api, endpoint: served.httpsUrl || served.url };
  }

  const answer: OtherHandler = async ({ method, path, headers, body, isSecure }) => {
    const [, name = '', ...rest] = path.split('/');
    const file = rest.join('/') || 'index.html';
    const found = names.has(name) ? apiOf(name) : undefined;
    if (!found) return undefined;
    const host = headers.host ?? '';
    if (!thisMachine.test(host)) return text(403, `Pages are for this machine alone: open https://localhost/${name}/`);
    // The real-time protocol of most clients is wss only, and a browser trusts a certificate for a page and its sockets alike.
    if (!isSecure && found.endpoint.startsWith('https')) return { status: 307, headers: { ...safely, location: `https://${host}${path}` }, body: '' };
    if (file === 'sign-in') return method === 'POST' ? signIn(found.api, headers['content-type'], body) : text(405, 'POST { "username": … }');
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'GET');
    // Relative addresses in the page need the slash.
    if (rest.length === 0) return { status: 307, headers: { ...safely, location: `/${name}/` }, body: '' };
    if (file === 'config.json') return json(200, configOf(found.api, found.endpoint));
    if (file === 'main.js') return script(await bundleOf(name));
    return staticFile(resolve(folder, name), file);
  };

  return {
    answer,
    urlOf: ({ url, httpsUrl }) => {
      const address = (httpsUrl || url).replace(/\/graphql$/, '/');
      return names.has(address.split('/').at(-2) ?? '') ? address : undefined;
    },
    async close() {
      for (const bundle of bundles.values()) await (await bundle).dispose();
    },
  };
}

function pagesIn(folder: string): ReadonlySet<string> {
  try {
    const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.html')) && existsSync(join(folder, name, 'main.ts')));
    if (names.length > 0) return new Set(names);
  } catch (error) {
    throw new UsageError(`cannot read the pages in ${folder}: ${reasonOf(error)}`);
  }
  throw new UsageError(`there are no pages in ${folder}: a page is a folder, named as the API is in its URL, with index.html and main.ts`);
}

async function signIn(api: LocalApi, contentType: string | undefined, body: string): Promise<Answer> {
  // Pages of other sites can send this type only after asking, and nobody here says yes.
  if (!contentType?.startsWith('application/json')) return text(415, 'application/json is needed');
  const { username, groups, claims } = asRecord(body);
  if (typeof username !== 'string' || username.trim() === '' || username.length > 128) return text(400, 'a "username" of 1 to 128 characters is needed');
  const texts = Object.entries(asRecord(claims)).filter((claim): claim is [string, string] => typeof claim[1] === 'string');
  try {
    return json(200, { token: await api.token({ username, groups: Array.isArray(groups) ? groups.map(String) : [], claims: Object.fromEntries(texts) }) });
  } catch (error) {
    if (error instanceof DiagnosticError) return text(400, error.diagnostics.map(({ message }) => message).join('; '));
    throw error;
  }
}

function configOf({ model }: LocalApi, endpoint: string): PageConfig {
  return { name: model.name, endpoint, region: model.region, apiKey: model.apiKeys[0]?.key ?? null };
}

async function script(bundle: BuildContext): Promise<Answer> {
  try {
    const { outputFiles = [] } = await bundle.rebuild();
    return { status: 200, headers: { ...safely, 'content-type': contentTypes['.js'] ?? '' }, body: outputFiles[0]?.text ?? '' };
  } catch (error) {
    return text(500, (error as Error).message);
  }
}

/** A file of the page; never one outside its folder, and no source. */
async function staticFile(folder: string, name: string): Promise<Answer> {
  const path = resolve(folder, name);
  const contentType = contentTypes[extname(path)];
  if (!path.startsWith(folder + sep) || contentType === undefined) return undefined;
  try {
    return { status: 200, headers: { ...safely, 'content-type': contentType }, body: await readFile(path, 'utf8') };
  } catch {
    return undefined;
  }
}

function json(status: number, content: unknown): Answer {
  return { status, headers: { ...safely, 'content-type': 'application/json' }, body: JSON.stringify(content) };
}

function text(status: number, body: string): Answer {
  return { status, headers: { ...safely, 'content-type': 'text/plain; charset=utf-8' }, body };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
