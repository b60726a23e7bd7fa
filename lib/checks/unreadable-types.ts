/**
 * The trap of several kinds of callers: a field that a caller may call returns a type of which it may read nothing, so the answer is null
 * with "Not Authorized" below a call that was allowed. Found by walking from the root fields along everything the caller may read.
 */
import { getNamedType, type GraphQLField, type GraphQLObjectType, isAbstractType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import type { SchemaModel } from '../sdl';
import type { Access, Caller } from './authorization-directives';

export interface UnreadableType {
  readonly typeName: string;
  /** `Type.field`s from the root field to the one that returns the type. */
  readonly path: readonly string[];
  /** False when nothing is written on the type: then it belongs to the default mode, likely by oversight. */
  readonly isRestricted: boolean;
}

/**
 * Each type once, by a shortest way. A type without directives was forgotten. One with directives below the top, or as a member of a
 * union or interface, was likely kept for others, with two exceptions: a field that cannot be null takes the object around it along,
 * and what every holder of an API key may read is no secret from those who sign in.
 * @param starts root fields the caller may call
 */
export function* unreadableTypes(model: SchemaModel, access: Access, caller: Caller, starts: readonly Start[]): Iterable<UnreadableType> {
  const { schema, authDirectives } = model;
  const entered = new Set<string>();
  const reported = new Set<string>();
  const pending: Step[] = starts.map(({ root, field }) => ({ owner: root.name, field }));
  for (const step of pending) {
    const { field } = step;
    const returned = getNamedType(field.type);
    const types = isObjectType(returned) ? [returned] : isAbstractType(returned) ? schema.getPossibleTypes(returned) : [];
    for (const type of types) {
      if (entered.has(type.name) || reported.has(type.name)) continue;
      const fields = Object.values(type.getFields());
      const readable = fields.filter(({ name }) => access.admits(caller, type.name, name));
      if (readable.length > 0) {
        entered.add(type.name);
        for (const next of readable) if (!isLeafType(getNamedType(next.type))) pending.push({ owner: type.name, field: next, from: step });
        continue;
      }
      const isRestricted = authDirectives(type.name).length > 0 || fields.some(({ name }) => authDirectives(`${type.name}.${name}`).length > 0);
      const isPublic = fields.some(({ name }) => access.admits({ mode: 'API_KEY' }, type.name, name));
      const mayBeMeant = type !== returned || (step.from !== undefined && !isNonNullType(field.type));
      if (isRestricted && !isPublic && mayBeMeant) continue;
      reported.add(type.name);
      yield { typeName: type.name, path: pathTo(step), isRestricted };
    }
  }
}

interface Step {
  readonly owner: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly from?: Step;
}

function pathTo(last: Step): string[] {
  const path: string[] = [];
  for (let step: Step | undefined = last; step; step = step.from) path.unshift(`${step.owner}.${step.field.name}`);
  return path;
}

export interface Start {
  readonly root: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** The fields of the query and mutation types. What a subscriber gets was read by the mutation's caller. */
export function rootFields({ schema }: SchemaModel): Start[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) => (root ? Object.values(root.getFields()).map((field) => ({ root, field })) : []));
}
