/** Every stack of an assembly at once, nested ones included, wired so that exports, outputs and parameters reach across them. */
import { dirname, resolve } from 'node:path';
import type { Assets } from './assets';
import type { StackSource } from './cloud-assembly';
import type { Problems } from './problems';
import { expandSam } from './sam';
import { type Neighbours, type Resource, Stack } from './stack';
import { readTemplate, type Template } from './template-file';

export interface DeploymentOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
}

/**
 * @returns parents before their nested stacks, otherwise in the order of `sources`
 * @throws DiagnosticError `MAN_UNREADABLE` when a template does not parse
 */
export function deploy(sources: readonly StackSource[], assets: Assets, problems: Problems, options: DeploymentOptions): Stack[] {
  const deployment = new Deployment(assets, problems);
  for (const source of sources) {
    const { region, accountId, parameters } = { ...options, ...source };
    deployment.add(source.templatePath, { name: source.name, region, accountId, argument: (name) => parameters[name] }, []);
  }
  return deployment.stacks;
}

class Deployment implements Neighbours {
  readonly stacks: Stack[] = [];
  private readonly templates = new Map<string, Template>();
  private exports: Map<string, { stack: Stack; output: string }> | undefined;

  constructor(
    private readonly assets: Assets,
    private readonly problems: Problems,
  ) {}

  /** @param ancestors template paths from the root down to the parent */
  add(templatePath: string, identity: { name: string; region: string; accountId: string; argument: (parameter: string) => unknown }, ancestors: readonly string[]): Stack {
    const stack = new Stack({ ...identity, template: this.template(templatePath), neighbours: this, problems: this.problems });
    this.stacks.push(stack);
    for (const resource of stack.resources())
      if (resource.type === 'AWS::CloudFormation::Stack') this.addNested(resource, [...ancestors, templatePath]);
    return stack;
  }

  exporter(exportName: string, seenFrom: Stack): { stack: Stack; output: string } | undefined {
    if (!this.exports) {
      // Set before it is filled: the name of an export may itself need an import.
      this.exports = new Map();
      for (const stack of this.stacks) for (const [name, output] of stack.exports()) this.exports.set(inEnvironmentOf(stack, name), { stack, output });
    }
    return this.exports.get(inEnvironmentOf(seenFrom, exportName));
  }

  stackNamed(name: string, region: string): Stack | undefined {
    return this.stacks.find((stack) => stack.name === name && stack.region === region);
  }

  private addNested(resource: Resource, ancestors: readonly string[]): void {
    const { stack: parent, logicalId, properties } = resource;
    const path = this.nestedTemplatePath(resource);
    if (path === undefined || ancestors.includes(path)) {
      this.problems.add({
        code: 'MAN_NESTED_STACK',
        severity: 'warning',
        message: path === undefined ? `the template of nested stack "${logicalId}" is not among the files here, so its resources are not seen` : `nested stack "${logicalId}" contains itself`,
        fix: path === undefined ? 'name a template file on disk, or read the folder that `cdk synth` writes' : 'give the nested stack a template of its own',
        resource: resource.ref,
      });
      return;
    }
    const argument = (name: string) => properties.value(`Parameters.${name}`);
    parent.nested.set(logicalId, this.add(path, { name: `${parent.name}-${logicalId}`, region: parent.region, accountId: parent.accountId, argument }, ancestors));
  }

  /** CDK names the file in the metadata when asset metadata is on; otherwise the URL leads to it through the asset manifest. */
  private nestedTemplatePath({ metadata, properties, stack }: Resource): string | undefined {
    const noted = metadata['aws:asset:path'];
    if (typeof noted === 'string') return resolve(dirname(stack.template.path), noted);
    const location = properties.value('TemplateURL');
    return typeof location === 'string' ? this.assets.find(location, stack.template.path) : undefined;
  }

  private template(path: string): Template {
    const known = this.templates.get(path);
    if (known) return known;
    const template = expandSam(readTemplate(path, this.problems), this.problems);
    this.templates.set(path, template);
    return template;
  }
}

function inEnvironmentOf({ accountId, region }: Stack, name: string): string {
  return `${accountId}/${region}/${name}`;
}
