/** What a local API keeps between starts: the token signing key, the certificate authority, table data. */

export interface StateFolder {
  /** Absolute path. */
  readonly path: string;
  /** Where table data goes; absent when tables live in memory only. */
  readonly dataPath?: string;
  /** PKCS8 PEM of the RSA key that signs local tokens; made on first use. */
  signingKey(): Promise<string>;
  /** Certificate for localhost and the authority that signed it; made on first use. `caPath` is the file to name in `NODE_EXTRA_CA_CERTS`. */
  tls(): Promise<{ readonly cert: string; readonly key: string; readonly caPath: string }>;
}

/**
 * @param keepData true keeps table data in the folder; false keeps keys only
 * @throws DiagnosticError `RUN_STATE_FOLDER` when the folder cannot be made, read or written
 */
export async function openStateFolder(_path: string, _options: { readonly keepData: boolean }): Promise<StateFolder> {
  throw new Error('pending');
}
