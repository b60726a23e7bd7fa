/** What pages share: signing in as the local API lets one, and talking to it through Amplify JS as any web application would. */
import { Amplify } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, type ConnectionState, generateClient } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';

const away = 'The local API does not answer. Is "npm start" still running?';

export interface Me {
  readonly sub: string;
  readonly username: string;
}

/** @throws Error with why the local API gives no token */
export async function signIn(username: string, claims: Readonly<Record<string, string>> = {}): Promise<Me> {
  const response = await fetchHere('sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, claims }) });
  if (!response.ok) throw new Error(await response.text());
  const { token } = (await response.json()) as { token: string };
  const { endpoint, region } = (await (await fetchHere('config.json')).json()) as { endpoint: string; region: string };
  const jwt = decodeJWT(token);
  Amplify.configure(
    { API: { GraphQL: { endpoint, region, defaultAuthMode: 'userPool' } } },
    // Claims about a user are in the ID token. Amplify sends what it is given as the access token.
    { Auth: { tokenProvider: { getTokens: async () => ({ accessToken: jwt, idToken: jwt }) } } },
  );
  return { sub: String(jwt.payload.sub), username: String(jwt.payload['cognito:username']) };
}

/** Says in an element how the real-time connection is. @param reconnected called when it is there again: what happened meanwhile comes with no event */
export function showConnection(shown: HTMLElement, reconnected: () => void): void {
  let wasConnected = false;
  Hub.listen('api', ({ payload }) => {
    if (payload.event !== CONNECTION_STATE_CHANGE) return;
    const { connectionState } = payload.data as { connectionState: ConnectionState };
    const isBack = connectionState === 'Connected' && shown.dataset.state !== 'Connected' && wasConnected;
    shown.dataset.state = connectionState;
    wasConnected ||= connectionState === 'Connected';
    shown.textContent = connectionState === 'Connected' ? 'live' : wasConnected ? 'connection lost, trying again …' : 'connecting …';
    if (isBack) reconnected();
  });
}

/** The value of the operation's root field. @throws Error with what the API says */
export async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  try {
    const { data } = (await generateClient().graphql({ query, variables })) as { data: Record<string, T> };
    return Object.values(data)[0] as T;
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/**
 * Listens to a subscription.
 * @param field its root field
 * @param ended called when the API ends it, with the reason if there is one
 * @returns what stops it
 */
export function listen<T>(field: string, query: string, variables: Record<string, unknown>, next: (value: T) => void, ended: (reason: string) => void): () => void {
  const observable = generateClient().graphql({ query, variables }) as unknown as {
    subscribe(observer: { next(event: { data: Record<string, T> }): void; error(error: unknown): void; complete(): void }): { unsubscribe(): void };
  };
  const subscription = observable.subscribe({ next: ({ data }) => next(data[field] as T), error: (error) => ended(reasonOf(error)), complete: () => ended('') });
  return () => subscription.unsubscribe();
}

/** Browsers say "Failed to fetch", "Load failed" or worse. @throws Error when nothing answers */
async function fetchHere(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    throw new Error(away, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const [first] = (error as { errors?: { message: string }[] }).errors ?? [];
  // Amplify's words for a network that is not there.
  if (first?.message === 'Network Error' || first?.message === 'A network error has occurred.') return away;
  return first?.message ?? (error instanceof Error ? error.message : String(error));
}
