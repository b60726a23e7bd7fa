/**
 * Literals given to arguments, judged as graphql-java does: the whole argument is named, with its value printed the Java way.
 * Source: verbatim AppSync bodies in public repositories (`WrongType` errors).
 */
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  type ObjectValueNode,
  valueFromAST,
  type ValueNode,
} from 'graphql';

/** @param path the argument's name, extended by member names and list indexes. @returns the description of the error, or undefined for a good literal */
export function literalProblem(path: string, value: ValueNode, type: GraphQLInputType): string | undefined {
  if (value.kind === Kind.VARIABLE) return undefined;
  if (isNonNullType(type)) {
    if (value.kind === Kind.NULL) return describe(path, value, 'must not be null');
    return literalProblem(path, value, type.ofType);
  }
  if (value.kind === Kind.NULL) return undefined;
  if (isListType(type)) {
    if (value.kind !== Kind.LIST) return literalProblem(path, value, type.ofType);
    return firstDefined(value.values, (item, index) => literalProblem(`${path}[${index}]`, item, type.ofType));
  }
  if (isInputObjectType(type)) {
    if (value.kind !== Kind.OBJECT) return describe(path, value, `must be an object type`);
    return objectProblem(path, value, type);
  }
  if (isEnumType(type)) {
    const isMember = value.kind === Kind.ENUM && type.getValue(value.value) !== undefined;
    return isMember ? undefined : describe(path, value, `is not a valid '${type.name}'`);
  }
  if (isScalarType(type) && !isScalarLiteral(value, type)) return describe(path, value, `is not a valid '${type.name}'`);
  return undefined;
}

/** `StringValue{value='x'}`, as graphql-java prints a literal. */
export function javaText(value: ValueNode): string {
  switch (value.kind) {
    case Kind.STRING:
      return `StringValue{value='${value.value}'}`;
    case Kind.INT:
      return `IntValue{value=${value.value}}`;
    case Kind.FLOAT:
      return `FloatValue{value=${value.value}}`;
    case Kind.BOOLEAN:
      return `BooleanValue{value=${value.value}}`;
    case Kind.ENUM:
      return `EnumValue{name='${value.value}'}`;
    case Kind.NULL:
      return 'NullValue{}';
    case Kind.VARIABLE:
      return `VariableReference{name='${value.name.value}'}`;
    case Kind.LIST:
      return `ArrayValue{values=[${value.values.map(javaText).join(', ')}]}`;
    case Kind.OBJECT:
      return `ObjectValue{objectFields=[${value.fields.map((field) => `ObjectField{name='${field.name.value}', value=${javaText(field.value)}}`).join(', ')}]}`;
  }
}

function objectProblem(path: string, value: ObjectValueNode, type: Extract<GraphQLInputType, { getFields(): unknown }>): string | undefined {
  const fields = type.getFields();
  const given = new Map(value.fields.map((field) => [field.name.value, field.value]));
  const missing = Object.values(fields).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined && !given.has(field.name));
  if (missing.length > 0) return describe(path, value, `is missing required fields '[${missing.map((field) => field.name).join(', ')}]'`);
  return firstDefined(value.fields, (member) => {
    const field = fields[member.name.value];
    if (!field) return describe(path, value, `contains a field not in '${type.name}': '${member.name.value}'`);
    return literalProblem(`${path}.${member.name.value}`, member.value, field.type);
  });
}

function isScalarLiteral(value: ValueNode, type: GraphQLInputType): boolean {
  try {
    return valueFromAST(value, type) !== undefined;
  } catch {
    return false;
  }
}

function describe(path: string, value: ValueNode, problem: string): string {
  return `argument '${path}' with value '${javaText(value)}' ${problem}`;
}

function firstDefined<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
