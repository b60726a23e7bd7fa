/**
 * A text shipped as a single-file S3 asset, with the map back to the user's files beside it in the assembly.
 * The CDK's own `Asset` stages files that are on disk; a text goes straight to its place, which halves the file operations of a synth.
 * The map is not part of the asset manifest: it never leaves the machine.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { invariant } from '../diagnostics';

/** Where a text came from, in the shape of a source map (version 3). */
export interface TextOrigin {
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
  /** Empty when only the sources matter. */
  readonly mappings: string;
  readonly names?: readonly string[];
}

export interface TextAssetProps {
  readonly text: string;
  /** With its dot. It must be right, because AppSync reads single files only. */
  readonly extension: string;
  /**
   * Written as `<asset file>.map`.
   * @default - readers see the asset's own text
   */
  readonly origin?: TextOrigin;
}

/** A text in the assembly, uploaded at deploy. Members are named as those of the CDK's `Asset`. */
export class TextAsset extends Construct {
  /** SHA-256 of the text, hexadecimal. */
  readonly assetHash: string;
  /** Relative to the assembly. */
  readonly assetPath: string;
  readonly s3ObjectUrl: string;

  constructor(scope: Construct, id: string, { text, extension, origin }: TextAssetProps) {
    super(scope, id);
    const stage = Stage.of(this);
    invariant(stage, `${this.node.path} is in no stage`);
    this.assetHash = createHash('sha256').update(text).digest('hex');
    const file = join(stage.assetOutdir, `asset.${this.assetHash}${extension}`);
    this.assetPath = relative(stage.outdir, file);

    writeFileSync(file, text);
    if (origin) writeFileSync(`${file}.map`, JSON.stringify({ version: 3, file: basename(file), ...origin, sources: origin.sources.map((source) => relative(dirname(file), source)) }));
    this.s3ObjectUrl = Stack.of(this).synthesizer.addFileAsset({
      packaging: FileAssetPackaging.FILE,
      sourceHash: this.assetHash,
      fileName: this.assetPath,
      displayName: this.node.path,
    }).s3ObjectUrl;
  }
}
