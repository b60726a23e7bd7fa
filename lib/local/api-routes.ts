/** Which API answers at which path. */

/** Where one API is found. */
export interface ApiRoute<Api> {
  readonly api: Api;
  /** `/shop/graphql` */
  readonly path: string;
}

export interface ApiRoutes<Api> {
  readonly list: readonly ApiRoute<Api>[];
  /** @param path `/shop/graphql`; with one API `/graphql` too */
  forHttp(path: string): Api | undefined;
  /**
   * The API of a WebSocket upgrade at `<path>/realtime`, or at `<path>` itself as on AWS's own real-time host.
   * @returns `path` as the GraphQL endpoint the client knows
   */
  forRealtime(path: string): ApiRoute<Api> | undefined;
}

/** Gives each API a path made from its name, in order; a name that is taken gets a number. */
export function createRoutes<Api extends { readonly model: { readonly name: string } }>(apis: readonly Api[]): ApiRoutes<Api> {
  const byPath = new Map<string, Api>();
  for (const api of apis) byPath.set(freePath(slugOf(api.model.name), byPath), api);
  const list = [...byPath].map(([path, api]) => ({ api, path }));
  const [only, ...others] = apis;
  if (only && others.length === 0) byPath.set('/graphql', only);
  return {
    list,
    forHttp: (path) => byPath.get(path),
    forRealtime: (path) => {
      const endpoint = path.replace(/\/realtime$/, '');
      const api = byPath.get(endpoint);
      return api && { api, path: endpoint };
    },
  };
}

function freePath(slug: string, taken: ReadonlyMap<string, unknown>): string {
  let path = `/${slug}/graphql`;
  for (let number = 2; taken.has(path); number++) path = `/${slug}-${number}/graphql`;
  return path;
}

/** `ShopAPI` → `shop-api`, `Chat rooms v2` → `chat-rooms-v2`; a name without a Latin letter or digit becomes `api`. */
function slugOf(name: string): string {
  const words = name.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? ['api'];
  return words.join('-').toLowerCase();
}
