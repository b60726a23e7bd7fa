/** Addresses of PostgreSQL servers as users give them: what is wrong with one, and one that can be shown, without its secrets. */

const example = 'postgres://user:password@localhost:5432/database';

/**
 * What is wrong with an address; undefined when a server can be asked there.
 * Tells nothing of what was given but its scheme: what is no address may still hold a password.
 */
export function postgresUrlProblem(url: string): string | undefined {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]*):\/\//i.exec(url) ?? [];
  if (/^(mysql|mariadb)/i.test(scheme)) return `is an address such as ${example}, not one of "${scheme}": PostgreSQL runs here, Aurora MySQL only when deployed`;
  if (/^postgres(ql)?$/i.test(scheme)) {
    if (!URL.canParse(url)) return `is an address such as ${example}; what was given cannot be read: write special characters of user and password as %40 for "@", %2F for "/", %23 for "#"`;
    return malformedParts(new URL(url)) ? `is an address such as ${example}; what was given has a "%" that begins no character: write it as %25` : undefined;
  }
  return scheme === '' ? `is an address such as ${example}` : `is an address such as ${example}, not one of "${scheme}"`;
}

/** @param database to be asked where the address names none */
export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  if (address.pathname === '' || address.pathname === '/') address.pathname = `/${encodeURIComponent(database)}`;
  return address.href;
}

/** For people: user, host and database, and nothing that may be secret. */
export function shownUrl(url: string): string {
  const address = new URL(url);
  address.password = '';
  address.hash = '';
  for (const name of [...address.searchParams.keys()]) if (!['host', 'port', 'user'].includes(name)) address.searchParams.delete(name);
  return address.href;
}

function malformedParts({ username, password, hostname, pathname }: URL): boolean {
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return false;
  } catch {
    return true;
  }
}
