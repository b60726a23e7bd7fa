/** The folder that `cdk synth` writes: which templates it holds, for which account and region, and where its assets are listed. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unreadable } from './problems';
import { asPlain, readObject } from './template-file';

/** A top-level stack to read; nested stacks are found from their parent's template. */
export interface StackSource {
  readonly templatePath: string;
  readonly name: string;
  /** Absent in an environment-agnostic stack. */
  readonly region?: string;
  readonly accountId?: string;
}

export interface CloudAssembly {
  readonly stacks: readonly StackSource[];
  /** Absolute paths. */
  readonly assetManifests: readonly string[];
}

/**
 * A cloud assembly folder with the assemblies of its stages, or one template file.
 * @param path absolute
 * @throws DiagnosticError `MAN_UNREADABLE`
 */
export function readCloudAssembly(path: string): CloudAssembly {
  if (!existsSync(path)) throw unreadable(`there is no file or folder "${path}"`, 'run `cdk synth` first, or correct the path');
  return statSync(path).isDirectory() ? readFolder(path) : { stacks: [{ templatePath: path, name: stackNameOf(path) }], assetManifests: [] };
}

function readFolder(folder: string): CloudAssembly {
  const manifestPath = join(folder, 'manifest.json');
  if (!existsSync(manifestPath)) throw unreadable(`the folder "${folder}" is not a cloud assembly: it has no manifest.json`, fixForFolder(folder));
  const manifest = readObject(manifestPath);
  const stacks: StackSource[] = [];
  const assetManifests: string[] = [];
  for (const [id, artifact] of Object.entries(asPlain(manifest.artifacts))) {
    const { type, environment, properties } = asPlain(artifact);
    const { templateFile, stackName, directoryName, file } = asPlain(properties);
    if (type === 'aws:cloudformation:stack' && typeof templateFile === 'string') {
      stacks.push({ templatePath: join(folder, templateFile), name: typeof stackName === 'string' ? stackName : id, ...environmentOf(environment) });
    } else if (type === 'cdk:asset-manifest' && typeof file === 'string') {
      assetManifests.push(join(folder, file));
    } else if (type === 'cdk:cloud-assembly' && typeof directoryName === 'string') {
      const stage = readFolder(join(folder, directoryName));
      stacks.push(...stage.stacks);
      assetManifests.push(...stage.assetManifests);
    }
  }
  return { stacks, assetManifests };
}

/** `aws://123456789012/eu-west-1`, where either part may be unknown. */
function environmentOf(environment: unknown): Pick<StackSource, 'region' | 'accountId'> {
  const [, accountId = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(String(environment)) ?? [];
  const isKnown = (part: string) => part !== '' && !part.startsWith('unknown-');
  return { ...(isKnown(region) ? { region } : {}), ...(isKnown(accountId) ? { accountId } : {}) };
}

function fixForFolder(folder: string): string {
  const inner = readdirSync(folder).find((name) => existsSync(join(folder, name, 'manifest.json')));
  return inner ? `give "${join(folder, inner)}" instead` : 'run `cdk synth` and give the folder it writes (cdk.out), or a template file';
}

/** `Shop.template.json` makes stack `Shop`: letters, digits and hyphens, a letter first. */
function stackNameOf(templatePath: string): string {
  const stem = basename(templatePath).replace(/(\.template)?\.\w+$/, '');
  const name = stem.replace(/[^A-Za-z0-9]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'Stack' : name;
}
