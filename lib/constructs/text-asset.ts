/**
 * A text shipped as a single-file S3 asset, with the map back to the user's files beside it in the assembly.
 * The map is not part of the asset manifest: it never leaves the machine.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AssetHashType, Stage } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** Where a text came from, in the shape of a source map (version 3). */
export interface TextOrigin {
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
  /** Empty when only the sources matter. */
  readonly mappings: string;
  readonly names?: readonly string[];
}

/**
 * @param fileName decides the extension of the asset, which must be right because AppSync reads single files only
 * @param origin written as `<asset file>.map`; without it readers see the asset's own text
 */
export function textAsset(scope: Construct, id: string, fileName: string, text: string, origin?: TextOrigin): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-enterprise-appsync-'));
  const file = join(folder, fileName);
  writeFileSync(file, text);
  const asset = new Asset(scope, id, { path: file, assetHashType: AssetHashType.CUSTOM, assetHash: createHash('sha256').update(text).digest('hex') });

  const outdir = Stage.of(scope)?.outdir ?? '';
  const staged = resolve(outdir, asset.assetPath);
  if (origin) writeFileSync(`${staged}.map`, JSON.stringify({ version: 3, file: basename(staged), ...origin, sources: origin.sources.map((source) => relative(dirname(staged), source)) }));
  // With asset staging turned off the assembly points at this very file.
  if (staged !== file) rmSync(folder, { recursive: true });
  return asset;
}
