/** The TypeScript of a Lambda function, bundled by the library's own compiler: no Docker, no package manager, no temporary folder. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BundledFunction } from '../compiler';
import { invariant } from '../diagnostics';

/** A bundle as the L2 takes it: a folder in the assembly, zipped at deploy, whose handler is `index.<export>`. */
export class FunctionCode extends lambda.Code {
  readonly isInline = false;

  constructor(private readonly bundle: BundledFunction) {
    super();
  }

  override bind(scope: Construct): lambda.CodeConfig {
    const stage = Stage.of(scope);
    invariant(stage, `${scope.node.path} is in no stage`);
    const { code, sourceMap } = this.bundle;
    const sourceHash = createHash('sha256').update(code).update(sourceMap).digest('hex');
    const folder = join(stage.assetOutdir, `asset.${sourceHash}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
    writeFileSync(join(folder, 'index.js.map'), sourceMap);
    const { bucketName, objectKey } = Stack.of(scope).synthesizer.addFileAsset({ packaging: FileAssetPackaging.ZIP_DIRECTORY, sourceHash, fileName: relative(stage.outdir, folder), displayName: `${scope.node.path}/Code` });
    return { s3Location: { bucketName, objectKey } };
  }
}
