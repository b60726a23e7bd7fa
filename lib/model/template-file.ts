/**
 * A template as it stands in its file: JSON, or YAML with the short forms (`!Ref`, `!GetAtt`, …), which leave this module in
 * their long form (`{ "Ref": … }`). Nothing is evaluated here. Also the reader of every other JSON file of an assembly.
 */
import { readFileSync } from 'node:fs';
import { type CollectionTag, Pair, parseDocument, Scalar, type ScalarTag, YAMLMap, type YAMLSeq } from 'yaml';
import { locationAt, reasonOf } from '../diagnostics';
import { type Problems, unreadable } from './problems';

/** A JSON object of unknown shape. */
export type Plain = Readonly<Record<string, unknown>>;

export interface TemplateResource {
  readonly type: string;
  readonly properties: Plain;
  readonly metadata: Plain;
  /** Name in the `Conditions` section; the resource exists only when it holds. */
  readonly condition?: string;
}

export interface Template {
  /** Absolute. */
  readonly path: string;
  /** Keyed by logical id, in template order. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: Plain;
  readonly conditions: Plain;
  readonly mappings: Plain;
  readonly outputs: Plain;
  /** SAM's defaults per resource kind. */
  readonly globals: Plain;
  /** How many resources the file declares, before any are expanded or left out. */
  readonly declaredCount: number;
}

/**
 * @param path absolute
 * @param problems gets `MAN_RESOURCE` for each resource that CloudFormation would not accept; those are left out
 * @throws DiagnosticError `MAN_UNREADABLE` when the file is missing, does not parse, or is no template
 */
export function readTemplate(path: string, problems: Problems): Template {
  const document = readObject(path);
  // A CDK stack without resources has a template without the section, so any other section of a template will do.
  if (!['Resources', 'Parameters', 'AWSTemplateFormatVersion'].some((section) => section in document) && Object.keys(document).length > 0)
    throw unreadable(`"${path}" is not a CloudFormation template: it has no "Resources"`, 'give a cloud assembly folder (cdk.out), or a CloudFormation or SAM template');
  const resources = new Map<string, TemplateResource>();
  for (const [logicalId, declaration] of Object.entries(asPlain(document.Resources))) {
    const { Type: type, Properties, Metadata, Condition } = asPlain(declaration);
    if (typeof type === 'string') {
      const condition = typeof Condition === 'string' ? { condition: Condition } : {};
      resources.set(logicalId, { type, properties: asPlain(Properties), metadata: asPlain(Metadata), ...condition });
    } else if (logicalId.startsWith('Fn::')) {
      problems.add({
        code: 'MAN_RESOURCE',
        severity: 'warning',
        message: `"${logicalId}" makes resources only when CloudFormation runs it, so they are not seen here`,
        fix: 'write the resources out, or read the processed template that CloudFormation shows',
        resource: { templatePath: path, logicalId },
      });
    } else {
      problems.add({
        code: 'MAN_RESOURCE',
        message: `resource "${logicalId}" has no "Type"`,
        fix: `add the "Type" of "${logicalId}", such as AWS::AppSync::Resolver`,
        resource: { templatePath: path, logicalId },
      });
    }
  }
  return {
    path,
    resources,
    parameters: asPlain(document.Parameters),
    conditions: asPlain(document.Conditions),
    mappings: asPlain(document.Mappings),
    outputs: asPlain(document.Outputs),
    globals: asPlain(document.Globals),
    declaredCount: Object.keys(asPlain(document.Resources)).length,
  };
}

/**
 * One JSON or YAML file whose top level is an object.
 * @throws DiagnosticError `MAN_UNREADABLE` with the line and column of what does not parse
 */
export function readObject(path: string): Plain {
  const text = readText(path);
  const value = parse(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(`"${path}" holds ${text.trim() === '' ? 'nothing' : 'no object'} where a template or manifest was expected`, 'give a cloud assembly folder (cdk.out), or a CloudFormation or SAM template');
  return value as Plain;
}

/** @throws DiagnosticError `MAN_UNREADABLE` */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(`cannot read "${path}": ${reasonOf(error)}`, 'synthesize the app again, or correct the path');
  }
}

/** The value when it is an object, otherwise an empty one. */
export function asPlain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

/** JSON is tried first because it is far quicker to read; YAML contains JSON and knows where an error is. */
function parse(path: string, text: string): unknown {
  const looksLikeJson = text.trimStart().startsWith('{');
  if (looksLikeJson) {
    try {
      return JSON.parse(text);
    } catch {
      // fall through: the YAML reader accepts what CloudFormation accepts beyond JSON, and positions the rest
    }
  }
  const document = parseDocument(text, { customTags: (tags) => [...tags, ...shortForms], merge: true, logLevel: 'silent', prettyErrors: false });
  const error = document.errors[0];
  if (error) {
    const location = locationAt({ path, text }, error.pos[0], Math.max(1, Math.min(error.pos[1], text.length) - error.pos[0]));
    throw unreadable(`the file is not valid ${looksLikeJson && !/\.ya?ml$/.test(path) ? 'JSON' : 'YAML'}: ${lowerFirst(error.message)}`, 'correct the file at this place', location);
  }
  try {
    // Bounded, because aliases of aliases grow without end; and written out once, because an alias inside its own anchor is endless.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 10_000 })) ?? 'null');
  } catch (failure) {
    throw unreadable(`"${path}" is not valid YAML: ${firstLine(failure)}`, 'correct the aliases of the file');
  }
}

function firstLine(failure: unknown): string {
  return lowerFirst(failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const shortFormNames = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
  ...['Ref', 'Condition'],
];

/** Every short form, on a scalar, a sequence and a mapping. */
const shortForms = shortFormNames.flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const collection = (kind: 'seq' | 'map'): CollectionTag => ({ tag: `!${name}`, collection: kind, resolve: (node) => wrapped(key, node) });
  return [{ tag: `!${name}`, resolve: (text) => ({ [key]: key === 'Fn::GetAtt' ? splitAttribute(text) : text }) }, collection('seq'), collection('map')];
});

function wrapped(key: string, node: YAMLMap | YAMLSeq): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), node));
  return map;
}

/** `A.B.C` is the attribute `B.C` of `A`. */
function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}
