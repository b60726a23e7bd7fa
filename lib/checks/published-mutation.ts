/** The GraphQL document by which a backend publishes: one mutation, written from its schema and proven against it before anything is deployed. */
import { type DocumentNode, getNamedType, type GraphQLSchema, Kind, parse, type SelectionSetNode, validate } from 'graphql';
import { didYouMean } from '../diagnostics';
import type { SchemaModel } from '../sdl';

export interface PublishedMutation {
  /** `Mutation.field` */
  readonly coordinate: string;
  readonly argumentNames: readonly string[];
  /** What stands between the braces; empty for a scalar result. */
  readonly selection: string;
  /** Whether fields without a directive take IAM. */
  readonly isIamDefault: boolean;
  /** Field paths that filters test, by subscription field: of each alternative. */
  readonly tested: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export interface PublishDocument {
  /** Absent when there is a problem that leaves none. */
  readonly document?: string;
  readonly problems: readonly { readonly message: string; readonly fix: string }[];
}

export function publishDocument(model: SchemaModel, { coordinate, argumentNames, selection, isIamDefault, tested }: PublishedMutation): PublishDocument {
  const { schema } = model;
  const type = schema.getMutationType();
  const [, fieldName = ''] = coordinate.split('.');
  const field = type && coordinate === `${type.name}.${fieldName}` ? type.getFields()[fieldName] : undefined;
  if (!type || !field) {
    const known = Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`);
    return { problems: [{ message: `there is no mutation "${coordinate}"`, fix: didYouMean(coordinate, known) ?? 'name a mutation of the schema' }] };
  }
  const known = field.args.map(({ name }) => name);
  const strange = argumentNames.filter((name) => !known.includes(name));
  const missing = field.args.filter(({ name, type: argumentType, defaultValue }) => String(argumentType).endsWith('!') && defaultValue === undefined && !argumentNames.includes(name)).map(({ name }) => name);
  const problems = [
    ...strange.map((name) => ({ message: `${coordinate} has no argument "${name}"`, fix: didYouMean(name, known) ?? `give one of ${known.join(', ')}` })),
    ...missing.map((name) => ({ message: `${coordinate} needs the argument "${name}"`, fix: `say where in the event "${name}" is` })),
    ...(takesIam(model, type.name, coordinate, isIamDefault) ? [] : [{ message: `${coordinate} does not take IAM, which backends sign with`, fix: `add @aws_iam to ${coordinate}` }]),
  ];
  if (problems.length > 0) return { problems };

  const variables = field.args.filter(({ name }) => argumentNames.includes(name));
  const head = variables.length > 0 ? `(${variables.map((argument) => `$${argument.name}: ${argument.type.toString()}`).join(', ')})` : '';
  const call = variables.length > 0 ? `(${variables.map(({ name }) => `${name}: $${name}`).join(', ')})` : '';
  const body = selection.trim() === '' ? '' : ` { ${selection.trim()} }`;
  const document = `mutation Publish${head} { ${fieldName}${call}${body} }`;
  const parsed = parsedDocument(schema, document);
  if ('problem' in parsed) return { problems: [{ message: `what ${coordinate} is asked for is no selection of "${getNamedType(field.type).name}": ${parsed.problem}`, fix: 'select fields as in a query, without the outer braces' }] };
  return { document, problems: unheard(model, fieldName, coordinate, parsed.document, tested) };
}

function parsedDocument(schema: GraphQLSchema, text: string): { readonly document: DocumentNode } | { readonly problem: string } {
  try {
    const document = parse(text);
    const [error] = validate(schema, document);
    return error ? { problem: error.message } : { document };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A directive of the field replaces those of its type. */
function takesIam(model: SchemaModel, typeName: string, coordinate: string, isIamDefault: boolean): boolean {
  const own = model.authDirectives(coordinate);
  const directives = own.length > 0 ? own : model.authDirectives(typeName);
  return directives.length === 0 ? isIamDefault : directives.some(({ name }) => name === 'aws_iam');
}

/** Subscriptions to the mutation of which every alternative tests a field that is not selected: nobody would be notified. */
function unheard(model: SchemaModel, fieldName: string, coordinate: string, document: DocumentNode, tested: PublishedMutation['tested']): PublishDocument['problems'] {
  const selected = selectedPaths(document, fieldName);
  return model.subscriptions.flatMap(({ fieldName: subscription, mutations }) => {
    const alternatives = tested.get(subscription);
    if (!alternatives || alternatives.length === 0 || !mutations.some(({ name }) => name === fieldName)) return [];
    const lacking = alternatives.map((paths) => paths.filter((path) => !selected.has(path)));
    if (lacking.some((paths) => paths.length === 0)) return [];
    const names = [...new Set(lacking.flat())];
    return [{ message: `no subscriber of Subscription.${subscription} hears of ${coordinate}: its filter tests ${names.map((name) => `"${name}"`).join(' and ')}, which the selection lacks`, fix: `add ${names.join(' ')} to the selection` }];
  });
}

/** Dotted paths under the names that the answer gives them. */
function selectedPaths(document: DocumentNode, fieldName: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const visit = (selection: SelectionSetNode | undefined, prefix: string): void => {
    for (const node of selection?.selections ?? []) {
      if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet, prefix);
      if (node.kind !== Kind.FIELD) continue;
      const path = `${prefix}${(node.alias ?? node.name).value}`;
      paths.add(path);
      visit(node.selectionSet, `${path}.`);
    }
  };
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION)
      for (const node of definition.selectionSet.selections) if (node.kind === Kind.FIELD && node.name.value === fieldName) visit(node.selectionSet, '');
  return paths;
}
