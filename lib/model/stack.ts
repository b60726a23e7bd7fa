/**
 * One stack as it would be deployed: a template plus a name, a region, an account and parameter values. It is the `Scope` in which
 * the template's expressions are evaluated, lazily and each once; a value that needs itself is reported instead of looping.
 */
import { didYouMean, type ResourceRef, type Severity } from '../diagnostics';
import { evaluate, evaluateCondition, type Place, placeholderOf, type Scope } from './intrinsics';
import type { Problems } from './problems';
import { Properties } from './properties';
import { attributeOf, type IdentifiedResource, partitionOf, physicalId, urlSuffixOf } from './resource-identity';
import { asPlain, type Plain, type Template, type TemplateResource } from './template-file';

/** What a stack can see of the other stacks. */
export interface Neighbours {
  /** Exports are seen within one account and region. */
  exporter(exportName: string, seenFrom: Stack): { readonly stack: Stack; readonly output: string } | undefined;
  stackNamed(name: string, region: string): Stack | undefined;
}

export interface StackOptions {
  readonly template: Template;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** The value given to a parameter, or undefined for its default. */
  readonly argument: (parameter: string) => unknown;
  readonly neighbours: Neighbours;
  readonly problems: Problems;
}

/** A resource of a stack; it exists, so its condition holds. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly stack: Stack;
  readonly ref: ResourceRef;
  readonly properties: Properties;
  readonly metadata: Plain;
}

export class Stack implements Scope {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly template: Template;
  readonly mappings: Plain;
  /** Nested stacks by the logical id of their resource. */
  readonly nested = new Map<string, Stack>();

  private readonly settled = new Map<string, unknown>();
  private readonly pending = new Set<string>();
  private readonly options: StackOptions;

  constructor(options: StackOptions) {
    this.options = options;
    this.name = options.name;
    this.region = options.region;
    this.accountId = options.accountId;
    this.template = options.template;
    this.mappings = options.template.mappings;
  }

  /** The resources that exist, in template order. */
  *resources(): Generator<Resource> {
    for (const [logicalId, declaration] of this.template.resources)
      if (this.exists(logicalId, declaration))
        yield {
          logicalId,
          type: declaration.type,
          stack: this,
          ref: this.refOf(logicalId),
          properties: new Properties(declaration.properties, this, this.options.problems, this.refOf(logicalId)),
          metadata: declaration.metadata,
        };
  }


  /** Evaluated export names of this stack's outputs, with the outputs. */
  exports(): [exportName: string, output: string][] {
    return Object.entries(this.template.outputs).flatMap(([output, declaration]): [string, string][] => {
      const { Export } = asPlain(declaration);
      const name = Export && evaluate(asPlain(Export).Name, this, { logicalId: output, property: 'Export.Name' });
      return typeof name === 'string' ? [[name, output]] : [];
    });
  }

  ref(name: string, place: Place): unknown {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name, place);
    if (name in this.template.parameters) return this.parameter(name, place);
    const resource = this.identified(name);
    if (!resource) return this.unknownName(`"${name}"`, name, [...this.template.resources.keys(), ...Object.keys(this.template.parameters)], place);
    return this.once(`ref ${name}`, place, () => physicalId(resource));
  }

  attribute(logicalId: string, attribute: string, place: Place): unknown {
    const resource = this.identified(logicalId);
    if (!resource) return this.unknownName(`"${logicalId}"`, logicalId, this.template.resources.keys(), place);
    const nested = this.nested.get(logicalId);
    if (nested && attribute.startsWith('Outputs.')) return this.outputOf(nested, attribute.slice('Outputs.'.length), place);
    return this.once(`attribute ${logicalId}.${attribute}`, place, () => {
      const value = attributeOf(resource, attribute);
      return value ?? this.unevaluable(`the attribute "${attribute}" of "${logicalId}" (${resource.type}) is known only after a deployment`, place);
    });
  }

  condition(name: string, place: Place): boolean {
    if (!(name in this.template.conditions)) {
      this.unknownName(`condition "${name}"`, name, Object.keys(this.template.conditions), place);
      return false;
    }
    const here = { logicalId: name, property: 'Conditions' };
    return this.once(`condition ${name}`, here, () => evaluateCondition(this.template.conditions[name], this, here)) === true;
  }

  imported(exportName: string, place: Place): unknown {
    const source = this.options.neighbours.exporter(exportName, this);
    if (source) return this.outputOf(source.stack, source.output, place);
    const fix = `read the assembly that also holds the stack exporting "${exportName}"`;
    return this.once(`import ${exportName}`, place, () => this.unevaluable(`no stack here exports "${exportName}"`, place, fix));
  }

  stackOutput(stackName: string, region: string, output: string, place: Place): unknown {
    const stack = this.options.neighbours.stackNamed(stackName, region);
    if (stack) return this.outputOf(stack, output, place);
    return this.unevaluable(`there is no stack "${stackName}" here`, place, `read the assembly that also holds "${stackName}"`);
  }

  unevaluable(reason: string, place: Place, fix?: string, severity: Severity = 'warning'): string {
    const standIn = placeholderOf(place);
    this.options.problems.placeholders.add(standIn);
    this.options.problems.add({
      code: 'MAN_INTRINSIC',
      severity,
      message: `"${place.property}" of "${place.logicalId}" has no local value: ${reason}`,
      fix: fix ?? `use a literal or a parameter; until then the text "${standIn}" stands in for the value`,
      resource: this.refOf(place.logicalId),
    });
    return standIn;
  }

  /** @param place in this stack, where the output of the other one is used */
  private outputOf(other: Stack, name: string, place: Place): unknown {
    const { outputs } = other.template;
    const declaration = asPlain(outputs[name]);
    if (!('Value' in declaration)) return this.unknownName(`output "${name}" of stack "${other.name}"`, name, Object.keys(outputs), place);
    const origin = { logicalId: name, property: 'Value' };
    return other.once(`output ${name}`, origin, () => evaluate(declaration.Value, other, origin));
  }

  private exists(logicalId: string, { condition }: TemplateResource): boolean {
    return condition === undefined || this.condition(condition, { logicalId, property: 'Condition' });
  }

  private refOf(logicalId: string): ResourceRef {
    return { templatePath: this.template.path, logicalId };
  }

  private identified(logicalId: string): IdentifiedResource | undefined {
    const declaration = this.template.resources.get(logicalId);
    if (!declaration || !this.exists(logicalId, declaration)) return undefined;
    return {
      type: declaration.type,
      logicalId,
      stackName: this.name,
      region: this.region,
      accountId: this.accountId,
      text: (property) => {
        const place = { logicalId, property };
        const value = this.once(`property ${logicalId}.${property}`, place, () => evaluate(declaration.properties[property], this, place));
        return typeof value === 'string' ? value : undefined;
      },
    };
  }

  private parameter(name: string, place: Place): unknown {
    return this.once(`parameter ${name}`, place, () => {
      const { Type, Default } = asPlain(this.template.parameters[name]);
      const value = this.options.argument(name) ?? Default;
      if (value === undefined || value === null)
        return this.unevaluable(`parameter "${name}" has no value`, place, `give "${name}" a Default, or pass a value for it`);
      // For an SSM parameter type the default is the parameter's path: its value is in AWS, so the path stands in for it.
      const isList = typeof Type === 'string' && /List(<|>|$)/.test(Type);
      if (isList && !Array.isArray(value)) return String(value).split(',').map((item) => item.trim());
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    });
  }

  private pseudoParameter(name: string, place: Place): unknown {
    switch (name) {
      case 'AWS::Region':
        return this.region;
      case 'AWS::AccountId':
        return this.accountId;
      case 'AWS::Partition':
        return partitionOf(this.region);
      case 'AWS::URLSuffix':
        return urlSuffixOf(this.region);
      case 'AWS::StackName':
        return this.name;
      case 'AWS::StackId':
        return `arn:${partitionOf(this.region)}:cloudformation:${this.region}:${this.accountId}:stack/${this.name}/00000000-0000-0000-0000-000000000000`;
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::NoValue':
        return undefined;
      default:
        return this.unevaluable(`there is no pseudo parameter "${name}"`, place, undefined, 'error');
    }
  }

  private unknownName(what: string, name: string, known: Iterable<string>, place: Place): string {
    return this.unevaluable(`${what} is not declared`, place, didYouMean(name, known) ?? `declare "${name}", or correct the name`, 'error');
  }

  private once<T>(key: string, place: Place, compute: () => T): T | string {
    if (this.settled.has(key)) return this.settled.get(key) as T;
    if (this.pending.has(key)) return this.unevaluable('it depends on itself', place, 'break the circle of references', 'error');
    this.pending.add(key);
    try {
      const value = compute();
      this.settled.set(key, value);
      return value;
    } finally {
      this.pending.delete(key);
    }
  }
}
