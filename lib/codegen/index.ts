/** SchemaModel to TypeScript text. */
import type { SchemaModel } from '../sdl';

/**
 * TypeScript types for resolvers and clients: an interface per object and input type, a union of string literals per enum,
 * `<Type><Field>Args` for every field with arguments.
 */
export function generateTypes(_schema: SchemaModel): string {
  throw new Error('pending');
}
