/** Arguments of a field, compiled: literals are coerced once, variables looked up at run time. */
import { type ArgumentNode, type FieldNode, type GraphQLArgument, type GraphQLField, Kind, type ValueNode, valueFromAST } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** An argument that was not supplied and has no default is absent from the result; an explicit null is null. */
export function compileArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode): (variables: Variables) => Readonly<Record<string, unknown>> {
  if (definition.args.length === 0) return () => ({});
  const supplied = new Map((node.arguments ?? []).map((argument) => [argument.name.value, argument]));
  const readers = definition.args.map((argument) => ({ name: argument.name, read: reader(argument, supplied.get(argument.name)) }));
  return (variables) => {
    const args: Record<string, unknown> = {};
    for (const { name, read } of readers) {
      const value = read(variables);
      if (value !== undefined) args[name] = value;
    }
    return args;
  };
}

function reader(argument: GraphQLArgument, node: ArgumentNode | undefined): (variables: Variables) => unknown {
  const fallback: unknown = argument.defaultValue;
  if (!node) return () => fallback;
  const { value } = node;
  if (value.kind === Kind.VARIABLE) {
    const name = value.name.value;
    return (variables) => (variables[name] === undefined ? fallback : variables[name]);
  }
  if (!mentionsVariable(value)) {
    const constant: unknown = valueFromAST(value, argument.type);
    return () => constant;
  }
  return (variables) => valueFromAST(value, argument.type, variables);
}

function mentionsVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(mentionsVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => mentionsVariable(field.value));
    default:
      return false;
  }
}
