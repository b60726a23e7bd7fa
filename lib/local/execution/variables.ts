/**
 * Variable coercion, with AppSync's error texts. Compiled per operation.
 * Assumed: scalars are as lenient as graphql-java's: a number is good for a String or ID, numeric text for an Int or Float.
 */
import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { invariant } from '../../diagnostics';
import { type AppSyncError, locationOfNode, requestError } from './appsync-error';
import { leafSerializer } from './leaf-values';

export type CoercedVariables =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  /** Assumed: the first bad variable is the one reported. */
  | { readonly ok: false; readonly error: AppSyncError };

/** The value is not one of the type; carries the whole message of the request error. */
class BadVariable extends Error {
  constructor(
    message: string,
    readonly isLocated = true,
  ) {
    super(message);
  }
}

type Coerce = (value: unknown) => unknown;

interface CompiledVariable {
  readonly name: string;
  readonly node: VariableDefinitionNode;
  readonly coerce: Coerce;
  readonly isNonNull: boolean;
  readonly typeText: string;
  /** `undefined` when the definition has none. */
  readonly defaultValue: unknown;
}

export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): (input: Readonly<Record<string, unknown>>) => CoercedVariables {
  const definitions = (operation.variableDefinitions ?? []).map((node): CompiledVariable => {
    const type = typeFromAST(schema, node.type as never);
    invariant(type && isInputType(type), `validation let the type of $${node.variable.name.value} pass`);
    const name = node.variable.name.value;
    return {
      name,
      node,
      coerce: coercion(type, name),
      isNonNull: isNonNullType(type),
      typeText: String(type),
      defaultValue: node.defaultValue && valueFromAST(node.defaultValue, type),
    };
  });

  return (input) => {
    const values: Record<string, unknown> = {};
    for (const { name, node, coerce, isNonNull, typeText, defaultValue } of definitions) {
      const value = Object.hasOwn(input, name) ? input[name] : undefined;
      try {
        if (value !== undefined) values[name] = coerce(value);
        else if (defaultValue !== undefined) values[name] = defaultValue;
        else if (isNonNull) throw new BadVariable(coercedNull(name, typeText));
      } catch (error) {
        if (!(error instanceof BadVariable)) throw error;
        return { ok: false, error: requestError(error.message, error.isLocated ? [locationOfNode(node)] : null) };
      }
    }
    return { ok: true, values };
  };
}

/** Names the outer variable and the inner type. Source: aws-appsync-community issue 406. */
function coercedNull(variable: string, typeText: string): string {
  return `Variable '${variable}' has coerced Null value for NonNull type '${typeText}'`;
}

function coercion(type: GraphQLInputType, variable: string): Coerce {
  if (isNonNullType(type)) {
    const inner = coercion(type.ofType, variable);
    const typeText = String(type);
    return (value) => {
      if (value === null || value === undefined) throw new BadVariable(coercedNull(variable, typeText));
      return inner(value);
    };
  }
  if (isListType(type)) {
    const item = coercion(type.ofType, variable);
    return (value) => {
      if (value === null || value === undefined) return null;
      return Array.isArray(value) ? value.map(item) : [item(value)];
    };
  }
  if (isInputObjectType(type)) return objectCoercion(type, variable);

  const parse = isEnumType(type) || isBuiltIn(type.name) ? leafSerializer(type) : (value: unknown): unknown => type.parseValue(value);
  return (value) => {
    if (value === null || value === undefined) return null;
    try {
      if (isBuiltIn(type.name) && typeof value === 'object') throw new TypeError('not a scalar');
      return parse(value);
    } catch {
      throw new BadVariable(`Variable '${variable}' has an invalid value.`);
    }
  };
}

function objectCoercion(type: Extract<GraphQLInputType, { getFields(): unknown }>, variable: string): Coerce {
  // Input types may refer to themselves, so members are compiled when first met.
  const members = new Map<string, Coerce>();
  const memberOf = (name: string, memberType: GraphQLInputType): Coerce => {
    let member = members.get(name);
    if (!member) members.set(name, (member = coercion(memberType, variable)));
    return member;
  };
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || Array.isArray(value)) throw new BadVariable(`Variable '${variable}' has an invalid value.`);
    const fields = type.getFields();
    for (const key of Object.keys(value)) {
      // Source: aws-appsync-community issue 273; the space at the end is AppSync's, and the entry has no location.
      if (!Object.hasOwn(fields, key)) throw new BadVariable(`The variables input contains a field that is not defined for input object type '${type.name}' `, false);
    }
    const out: Record<string, unknown> = {};
    for (const field of Object.values(fields)) {
      const given = (value as Readonly<Record<string, unknown>>)[field.name];
      if (given !== undefined) out[field.name] = memberOf(field.name, field.type)(given);
      else if (field.defaultValue !== undefined) out[field.name] = field.defaultValue;
      else if (isNonNullType(field.type)) throw new BadVariable(coercedNull(variable, String(field.type)));
    }
    return out;
  };
}

function isBuiltIn(name: string): boolean {
  return name === 'ID' || name === 'String' || name === 'Int' || name === 'Float' || name === 'Boolean';
}
