/**
 * Writes `lib/compiler/appsync-api.ts` from the declarations of `@aws-appsync/utils`: `node --import tsx bin/write-appsync-api.ts`.
 * TypeScript is needed here and in tests only; what checks resolver code at synth is the table. A test fails when the table is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { ApiSurface } from '../lib/compiler';

type ApiModule = ApiSurface['modules'][string];
type ApiValue = ApiModule['members'][string];
type ApiFunction = Extract<ApiValue, { readonly parameters: unknown }>;
type Shape = ApiFunction['parameters'][number];

/** Path of the table from the root of the project. */
export const appSyncApiFile = 'lib/compiler/appsync-api.ts';

const folder = dirname(require.resolve('@aws-appsync/utils/package.json'));
const entries: Readonly<Record<string, string>> = {
  '@aws-appsync/utils': 'lib/index.d.ts',
  '@aws-appsync/utils/dynamodb': 'dynamodb.d.ts',
  '@aws-appsync/utils/rds': 'rds.d.ts',
  '@aws-appsync/utils/ai': 'ai.d.ts',
};
const globals = ['util', 'extensions', 'runtime'];

/**
 * Types whose members are left open, because AppSync takes more than is declared: `containsAny` in subscription filters, every kind of
 * Bedrock content, the fields of a transaction's condition. What else stands here is data that nobody writes out.
 */
const open: ReadonlySet<string> = new Set(['SubscriptionFilter', 'DynamoDBFilterObject', 'RDSJoinStatement', 'RDSResponse', 'BedrockMessage', 'BedrockSystemContent', 'BedrockToolConfig', 'BedrockGuardrailConfig']);

/** The text of the table. */
export function appSyncApiText(): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return `/**
 * What AppSync gives to resolver code, from the declarations of @aws-appsync/utils ${version}.
 * Written by bin/write-appsync-api.ts; do not edit.
 */
import type { ApiSurface } from './api-surface';

export const appSyncApi: ApiSurface = ${printed(readSurface(), 0)} as const;
`;
}

function readSurface(): ApiSurface {
  const files = Object.values(entries).map((file) => join(folder, file));
  // Without `strict`, as AppSync compiles: null then fits everywhere.
  const program = ts.createProgram(files, { noEmit: true, types: [], skipLibCheck: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 });
  const checker = program.getTypeChecker();
  const read = new SurfaceReader(checker);
  const modules = Object.entries(entries).map(([specifier, file]) => {
    const source = program.getSourceFile(join(folder, file));
    const symbol = source && checker.getSymbolAtLocation(source);
    if (!symbol) throw new Error(`${file} declares no module`);
    return [specifier, read.module(symbol)] as const;
  });
  return { globals, modules: Object.fromEntries(modules) };
}

class SurfaceReader {
  constructor(private readonly checker: ts.TypeChecker) {}

  module(symbol: ts.Symbol): ApiModule {
    const members: Record<string, ApiValue> = {};
    const types: string[] = [];
    for (const exported of this.checker.getExportsOfModule(symbol)) {
      const declared = exported.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported;
      if (declared.flags & ts.SymbolFlags.Value) members[exported.name] = this.value(this.checker.getTypeOfSymbol(declared), [exported.name]);
      else types.push(exported.name);
    }
    return { members, types: types.sort() };
  }

  private value(type: ts.Type, path: readonly string[]): ApiValue {
    const signatures = type.getCallSignatures();
    if (signatures.length > 0) return this.function(signatures);
    const members = type.getProperties().map((member) => [member.name, this.value(this.checker.getTypeOfSymbol(member), [...path, member.name])] as const);
    if (members.length === 0) throw new Error(`${path.join('.')} is neither a function nor an object with members`);
    return { members: Object.fromEntries(members) };
  }

  private function(signatures: readonly ts.Signature[]): ApiFunction {
    const variants = signatures.map((signature) => this.variant(signature));
    const longest = variants.reduce((a, b) => (b.parameters.length > a.parameters.length ? b : a));
    return { ...longest, least: Math.min(...variants.map(({ least }) => least)) };
  }

  private variant(signature: ts.Signature): ApiFunction {
    const declared = signature.getParameters();
    const rest = declared.filter((parameter) => isRest(parameter));
    const fixed = declared.filter((parameter) => !isRest(parameter));
    return {
      least: fixed.filter((parameter) => !isOptional(parameter)).length,
      parameters: fixed.map((parameter) => this.shape(this.checker.getTypeOfSymbol(parameter), [])),
      ...(rest.length > 0 ? { takesRest: true } : {}),
    };
  }

  /** @param around the types this one is written in: a type that holds itself is left open */
  private shape(type: ts.Type, around: readonly ts.Type[]): Shape {
    if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean';
    if (type.isStringLiteral()) return { texts: [type.value] };
    if (type.flags & ts.TypeFlags.String) return 'string';
    if (type.flags & ts.TypeFlags.NumberLike) return 'number';
    if (around.includes(type) || open.has(type.aliasSymbol?.name ?? '')) return 'any';
    const within = [...around, type];
    if (type.isUnion()) return this.union(type.types.map((each) => this.shape(each, within)));
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return 'any';
    if (type.getCallSignatures().length > 0) return 'any';
    if (this.checker.isArrayType(type)) return { list: this.shape(this.checker.getTypeArguments(type as ts.TypeReference)[0]!, within) };
    if (this.checker.isTupleType(type)) return 'any';
    return this.object(type, within);
  }

  private object(type: ts.Type, within: readonly ts.Type[]): Shape {
    const required: Record<string, Shape> = {};
    const optional: Record<string, Shape> = {};
    const members = type.getProperties();
    const index = this.checker.getIndexInfosOfType(type)[0];
    if (members.length === 0) return index ? { each: this.shape(index.type, within) } : 'any';
    // Beside an index, names that are not listed are allowed.
    if (index) return 'any';
    for (const member of members) {
      const shape = this.shape(this.checker.getTypeOfSymbol(member), within);
      if (member.flags & ts.SymbolFlags.Optional) optional[member.name] = shape;
      else required[member.name] = shape;
    }
    // Conditions and filters lose their name on the way here; nothing but optional members gives them away.
    if (within.length > 1 && Object.keys(required).length === 0) return 'any';
    return { required, optional };
  }

  private union(shapes: readonly Shape[]): Shape {
    if (shapes.includes('any')) return 'any';
    const texts = shapes.flatMap((shape) => (typeof shape === 'object' && 'texts' in shape ? shape.texts : []));
    const others = shapes.filter((shape) => !(typeof shape === 'object' && 'texts' in shape));
    const distinct = new Map([...(texts.length > 0 ? [{ texts }] : []), ...others].map((shape) => [JSON.stringify(shape), shape]));
    const [only, ...rest] = distinct.values();
    return rest.length === 0 && only !== undefined ? only : { anyOf: [...distinct.values()] };
  }
}

function isRest(parameter: ts.Symbol): boolean {
  return parameter.declarations?.some((node) => ts.isParameter(node) && node.dotDotDotToken !== undefined) ?? false;
}

function isOptional(parameter: ts.Symbol): boolean {
  return parameter.declarations?.some((node) => ts.isParameter(node) && (node.questionToken !== undefined || node.initializer !== undefined)) ?? false;
}

/** TypeScript text of plain data: a function on one line, anything else where it fits. */
function printed(value: unknown, depth: number): string {
  const line = onOneLine(value);
  if (!isObject(value) || 'parameters' in value || line.length + depth * 2 <= 180) return line;
  const indent = '  '.repeat(depth + 1);
  return `{\n${Object.entries(value).map(([key, each]) => `${indent}${propertyName(key)}: ${printed(each, depth + 1)},\n`).join('')}${'  '.repeat(depth)}}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return typeof value === 'string' ? `'${value}'` : String(value);
  const entries = Object.entries(value).map(([key, each]) => `${propertyName(key)}: ${onOneLine(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function propertyName(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '..', appSyncApiFile), appSyncApiText());
  console.log(`${appSyncApiFile} written`);
}
