/**
 * Files behind S3 locations. An assembly publishes each asset under a key that its `*.assets.json` manifests map to a file on disk;
 * a plain template may name a file beside itself, as `sam package` and `aws cloudformation package` do. Every file is read once.
 */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { SourceFile } from '../diagnostics';
import { asPlain, type Plain, readObject, readText } from './template-file';

export class Assets {
  /** Object key, and its last part, → absolute path. */
  private readonly files = new Map<string, string>();
  private readonly texts = new Map<string, SourceFile>();

  /**
   * @param manifestPaths absolute paths of asset manifests
   * @throws DiagnosticError `MAN_UNREADABLE` when a manifest does not parse
   */
  constructor(manifestPaths: readonly string[]) {
    for (const manifestPath of manifestPaths)
      for (const asset of Object.values(asPlain(readObject(manifestPath).files))) {
        const { source, destinations } = asPlain(asset);
        const path = asPlain(source).path;
        if (typeof path !== 'string') continue;
        for (const destination of Object.values(asPlain(destinations))) {
          const { objectKey } = asPlain(destination);
          if (typeof objectKey !== 'string') continue;
          const file = resolve(dirname(manifestPath), path);
          this.files.set(objectKey, file);
          this.files.set(basename(objectKey), file);
        }
      }
  }

  /**
   * The file or folder of an S3 location: `s3://bucket/key`, an `https` URL of it, or a path relative to the template.
   * @returns absolute path of what is on disk; undefined when nothing is
   */
  find(location: string, templatePath: string): string | undefined {
    const url = /^(?:s3|https?):\/\/[^/]+\/(.+)$/.exec(location);
    return url ? this.published(url[1]!) : onDisk(resolve(dirname(templatePath), location));
  }

  /** What is on disk for an object key. A path-style URL has the bucket before the key, so the last part decides when the whole does not match. */
  published(key: string): string | undefined {
    return onDisk(this.files.get(key) ?? this.files.get(basename(key)));
  }

  /** @throws DiagnosticError `MAN_UNREADABLE` */
  read(path: string): SourceFile {
    const known = this.texts.get(path);
    if (known) return known;
    const file = { path, text: readText(path) };
    this.texts.set(path, file);
    return file;
  }

  /** The source map (version 3) our constructs leave beside an asset they made, with `sources` absolute. Undefined for everybody else's assets. */
  originOf(path: string): (Plain & { readonly sources: readonly string[] }) | undefined {
    const sidecar = `${path}.map`;
    if (!existsSync(sidecar)) return undefined;
    const map = readObject(sidecar);
    if (!Array.isArray(map.sources)) return undefined;
    return { ...map, sources: map.sources.map((source) => resolve(dirname(sidecar), String(source))) };
  }

  isFolder(path: string): boolean {
    return statSync(path).isDirectory();
  }
}

function onDisk(path: string | undefined): string | undefined {
  return path !== undefined && existsSync(path) ? path : undefined;
}
