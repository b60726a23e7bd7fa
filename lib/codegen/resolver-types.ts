/** Types for the resolvers of a schema: per field its context, typed by arguments and source, and what it must give. */
import { getNamedType, type GraphQLField, type GraphQLObjectType, isCompositeType, isObjectType, parse } from 'graphql';
import type { SchemaModel } from '../sdl';
import { fieldIdentifier, identifier, reference } from './type-names';

export interface ResolverTypes {
  /** Statements for the top of the module; none when there is nothing to declare. */
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
}

/**
 * Root fields, and fields of other types that take arguments or give objects. Scalars read from their parent's item seldom have a resolver
 * and get no declarations. What the schema cannot know is a parameter with a default: the data source's answer (`TResult`), the stash
 * (`TStash`), the previous step's result (`TPrev`), and the source where the parent gives more than its type says (`TSource`).
 */
export function resolverTypes(model: SchemaModel): ResolverTypes {
  const { schema } = model;
  const taken = new Set(Object.keys(schema.getTypeMap()).map(identifier));
  const unique = (wanted: string): string => {
    const name = taken.has(wanted) ? unique(`${wanted}_`) : wanted;
    taken.add(name);
    return name;
  };
  const types = parse(model.sdl).definitions.flatMap((node) => {
    const type = 'name' in node && node.name ? schema.getType(node.name.value) : undefined;
    return isObjectType(type) ? [type] : [];
  });
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  // Names of arguments are written before, whatever they clash with.
  for (const type of types) for (const field of Object.values(type.getFields())) if (field.args.length > 0) taken.add(fieldIdentifier(type.name, field.name, 'Args'));
  const context = unique('Context');
  const declarations = types.flatMap((type) => {
    const isRoot = roots.has(type);
    const answered = Object.values(type.getFields()).filter((field) => isRoot || field.args.length > 0 || isCompositeType(getNamedType(field.type)));
    return answered.map((field) => declarationsOf(type, field, { isRoot, context, unique }));
  });
  return { imports: declarations.length > 0 ? [`import type { ${context === 'Context' ? context : `Context as ${context}`} } from '@aws-appsync/utils';\n`] : [], declarations };
}

interface Surroundings {
  readonly isRoot: boolean;
  /** What AppSync's `Context` is called in the module. */
  readonly context: string;
  readonly unique: (name: string) => string;
}

function declarationsOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, { isRoot, context, unique }: Surroundings): string {
  const args = field.args.length > 0 ? fieldIdentifier(type.name, field.name, 'Args') : 'unknown';
  const open = 'TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any';
  const parameters = isRoot ? open : `${open}, TSource extends Record<string, any> = ${identifier(type.name)}`;
  const source = isRoot ? 'undefined' : 'TSource';
  return `/** Context in a resolver of \`${type.name}.${field.name}\`. */
export type ${unique(fieldIdentifier(type.name, field.name, 'Context'))}<${parameters}> = ${context}<${args}, TStash, TPrev, ${source}, TResult>;
/** What \`${type.name}.${field.name}\` gives. */
export type ${unique(fieldIdentifier(type.name, field.name, 'Result'))} = ${reference(field.type)};
`;
}
