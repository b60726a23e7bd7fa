/** What schema types are called in TypeScript. */
import { getNamedType, getNullableType, type GraphQLType, isListType, isNonNullType, isScalarType } from 'graphql';

/** A type as TypeScript writes it: `Array<Product | null>`. */
export function reference(type: GraphQLType): string {
  const nullable = getNullableType(type);
  const named = getNamedType(nullable);
  const text = isListType(nullable) ? `Array<${reference(nullable.ofType)}>` : isScalarType(named) ? scalar(named.name) : identifier(named.name);
  // `unknown` already holds null.
  return isNonNullType(type) || text === 'unknown' ? text : `${text} | null`;
}

function scalar(name: string): string {
  switch (name) {
    case 'Int':
    case 'Float':
    case 'AWSTimestamp':
      return 'number';
    case 'Boolean':
      return 'boolean';
    case 'AWSJSON':
      return 'unknown';
    case 'ID':
    case 'String':
      return 'string';
    default:
      return name.startsWith('AWS') ? 'string' : 'unknown';
  }
}

/** GraphQL names that TypeScript keeps for itself, as the names of types. */
const reserved: ReadonlySet<string> = new Set(['any', 'bigint', 'boolean', 'never', 'null', 'number', 'object', 'string', 'symbol', 'undefined', 'unknown', 'void']);
const keywords: ReadonlySet<string> = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new package private protected public return static super switch this throw true try typeof var while with yield'.split(' '),
);

/** The TypeScript name of a schema type. */
export function identifier(name: string): string {
  return reserved.has(name) || keywords.has(name) ? `${name}_` : name;
}

/** The name of a declaration about one field: `QueryGetProductArgs`. */
export function fieldIdentifier(typeName: string, fieldName: string, suffix: 'Args' | 'Context' | 'Result'): string {
  return `${typeName}${fieldName[0]!.toUpperCase()}${fieldName.slice(1)}${suffix}`;
}
