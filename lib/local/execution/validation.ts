/**
 * Whether a document may run, in AppSync's words: `Validation error of type <Class>: <description> @ '<path>'`.
 * The classes people meet are found by a visitor of ours, the rest by graphql-js' rules; each gets graphql-java's name and text.
 * Source: verbatim AppSync bodies in public repositories for FieldUndefined, MissingFieldArgument, UnknownArgument, WrongType,
 * SubSelection*, VariableTypeMismatch, UndefinedVariable and UnusedVariable. Assumed: the other classes.
 */
import {
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  FragmentsOnCompositeTypesRule,
  getNamedType,
  type GraphQLError,
  type GraphQLSchema,
  isLeafType,
  isRequiredArgument,
  Kind,
  KnownDirectivesRule,
  KnownFragmentNamesRule,
  KnownTypeNamesRule,
  LoneAnonymousOperationRule,
  NoFragmentCyclesRule,
  NoUndefinedVariablesRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  OverlappingFieldsCanBeMergedRule,
  PossibleFragmentSpreadsRule,
  SingleFieldSubscriptionsRule,
  UniqueArgumentNamesRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  UniqueVariableNamesRule,
  validate,
  type ValidationContext,
  type ValidationRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
  visit,
} from 'graphql';
import { type AppSyncError, locationOfNode, requestError } from './appsync-error';
import { literalProblem } from './literal-arguments';

interface Finding {
  /** graphql-java's class. */
  readonly type: string;
  readonly description: string;
  /** Whose position is reported. */
  readonly node: ASTNode;
  /** graphql-java reports these without `@ '<path>'`. */
  readonly isPathless?: boolean;
}

type Report = (finding: Finding) => void;

/** All problems of a document, in the order of the text as far as the rules allow; none when it may run. */
export function validateOperation(schema: GraphQLSchema, document: DocumentNode, options: { readonly introspection: boolean }): AppSyncError[] {
  const findings: Finding[] = [];
  const report: Report = (finding) => void findings.push(finding);
  const ownRule: ValidationRule = (context) => fieldRule(context, report, options.introspection);
  validate(schema, document, [ownRule, ...translated.map((translation) => reporting(translation, report))]);

  return findings.map(({ type, description, node, isPathless }) => {
    const at = isPathless ? '' : ` @ '${pathTo(document, node)}'`;
    return requestError(`Validation error of type ${type}: ${description}${at}`, [locationOfNode(node)]);
  });
}

function fieldRule(context: ValidationContext, report: Report, introspection: boolean): ASTVisitor {
  return {
    Field: {
      enter(node) {
        const parent = context.getParentType();
        const definition = context.getFieldDef();
        const fieldName = node.name.value;
        const isHidden = !introspection && (fieldName === '__schema' || fieldName === '__type');
        if (parent && (!definition || isHidden)) {
          report({ type: 'FieldUndefined', description: `Field '${fieldName}' in type '${parent.name}' is undefined`, node });
          // What is below an unknown field cannot be judged.
          return isHidden ? false : undefined;
        }
        if (!definition) return undefined;
        const supplied = new Set(node.arguments?.map((argument) => argument.name.value));
        for (const argument of definition.args) {
          if (!isRequiredArgument(argument) || supplied.has(argument.name)) continue;
          report({ type: 'MissingFieldArgument', description: `Missing field argument ${argument.name}`, node });
        }
        const type = getNamedType(definition.type);
        if (isLeafType(type) && node.selectionSet) {
          report({ type: 'SubSelectionNotAllowed', description: `Sub selection not allowed on leaf type ${String(definition.type)} of field ${fieldName}`, node });
        } else if (!isLeafType(type) && !node.selectionSet) {
          report({ type: 'SubSelectionRequired', description: `Sub selection required for type ${type.name} of field ${fieldName}`, node });
        }
        return undefined;
      },
    },
    Argument(node) {
      const argument = context.getArgument();
      if (!argument) {
        const directive = context.getDirective();
        if (directive) report({ type: 'UnknownDirective', description: `Unknown directive argument ${node.name.value}`, node });
        else if (context.getFieldDef()) report({ type: 'UnknownArgument', description: `Unknown field argument ${node.name.value}`, node });
        return;
      }
      const problem = literalProblem(node.name.value, node.value, argument.type);
      if (problem !== undefined) report({ type: 'WrongType', description: problem, node });
    },
    Directive(node) {
      const supplied = new Set(node.arguments?.map((argument) => argument.name.value));
      for (const argument of context.getDirective()?.args ?? []) {
        if (!isRequiredArgument(argument) || supplied.has(argument.name)) continue;
        report({ type: 'MissingDirectiveArgument', description: `Missing directive argument ${argument.name}`, node });
      }
    },
    VariableDefinition(node) {
      const type = context.getInputType();
      if (!node.defaultValue || !type) return;
      const problem = literalProblem(node.variable.name.value, node.defaultValue, type);
      if (problem !== undefined) report({ type: 'BadValueForDefaultArg', description: `Bad default value for type ${String(type)}`, node });
    },
  };
}

interface Translation {
  readonly rule: ValidationRule;
  /** @param names what the message quotes, in order. @param nodes those of the error */
  readonly translate: (names: readonly string[], nodes: readonly ASTNode[], message: string) => Omit<Finding, 'node'> & { readonly node?: ASTNode };
}

const translated: readonly Translation[] = [
  {
    rule: KnownTypeNamesRule,
    translate: ([name]) => ({ type: 'UnknownType', description: `Unknown type ${name}` }),
  },
  {
    rule: FragmentsOnCompositeTypesRule,
    translate: (_names, [node]) =>
      node?.kind === Kind.INLINE_FRAGMENT
        ? { type: 'InlineFragmentTypeConditionInvalid', description: 'Inline fragment type condition is invalid, must be on Object/Interface/Union' }
        : { type: 'FragmentTypeConditionInvalid', description: 'Fragment type condition is invalid, must be on Object/Interface/Union' },
  },
  {
    rule: KnownFragmentNamesRule,
    translate: ([name]) => ({ type: 'UndefinedFragment', description: `Undefined fragment ${name}` }),
  },
  {
    rule: NoUnusedFragmentsRule,
    translate: ([name]) => ({ type: 'UnusedFragment', description: `Unused fragment ${name}`, isPathless: true }),
  },
  {
    rule: NoFragmentCyclesRule,
    translate: () => ({ type: 'FragmentCycle', description: 'Fragment cycles not allowed', isPathless: true }),
  },
  {
    rule: PossibleFragmentSpreadsRule,
    translate: (names) =>
      names.length === 3
        ? { type: 'InvalidFragmentType', description: `Fragment ${names[0]} cannot be spread here as objects of type ${names[1]} can never be of type ${names[2]}` }
        : { type: 'InvalidFragmentType', description: `Fragment cannot be spread here as objects of type ${names[0]} can never be of type ${names[1]}` },
  },
  {
    rule: UniqueFragmentNamesRule,
    translate: ([name]) => ({ type: 'DuplicateFragmentName', description: `There can be only one fragment named '${name}'`, isPathless: true }),
  },
  {
    rule: KnownDirectivesRule,
    translate: ([name], _nodes, message) =>
      message.startsWith('Unknown')
        ? { type: 'UnknownDirective', description: `Unknown directive ${name?.slice(1)}` }
        : { type: 'MisplacedDirective', description: `Directive ${name?.slice(1)} not allowed here` },
  },
  {
    rule: NoUndefinedVariablesRule,
    translate: ([name]) => ({ type: 'UndefinedVariable', description: `Undefined variable ${name?.slice(1)}` }),
  },
  {
    rule: NoUnusedVariablesRule,
    translate: ([name]) => ({ type: 'UnusedVariable', description: `Unused variable ${name?.slice(1)}`, isPathless: true }),
  },
  {
    rule: VariablesAreInputTypesRule,
    translate: ([name, type]) => ({ type: 'NonInputTypeOnVariable', description: `Input variable ${name?.slice(1)} type ${type} is not an input type`, isPathless: true }),
  },
  {
    rule: VariablesInAllowedPositionRule,
    translate: ([, type, expected], [, usage]) => ({
      type: 'VariableTypeMismatch',
      description: `Variable type '${type}' doesn't match expected type '${expected}'`,
      node: usage,
    }),
  },
  {
    rule: UniqueVariableNamesRule,
    translate: ([name]) => ({ type: 'DuplicateVariableName', description: `There can be only one variable named '${name?.slice(1)}'`, isPathless: true }),
  },
  {
    rule: UniqueArgumentNamesRule,
    translate: ([name]) => ({ type: 'DuplicateArgumentNames', description: `There can be only one argument named '${name}'` }),
  },
  {
    rule: UniqueInputFieldNamesRule,
    translate: ([name]) => ({ type: 'UniqueObjectFieldName', description: `There can be only one field named '${name}'` }),
  },
  {
    rule: OverlappingFieldsCanBeMergedRule,
    translate: ([name], _nodes, message) => ({ type: 'FieldsConflict', description: `${name}: ${conflict(message)}` }),
  },
  {
    rule: LoneAnonymousOperationRule,
    translate: () => ({ type: 'LoneAnonymousOperationViolation', description: 'Anonymous operation with other operations.', isPathless: true }),
  },
  {
    rule: UniqueOperationNamesRule,
    translate: ([name]) => ({ type: 'DuplicateOperationName', description: `There can be only one operation named '${name}'`, isPathless: true }),
  },
  {
    rule: SingleFieldSubscriptionsRule,
    translate: (names) => ({
      type: 'SubscriptionMultipleRootFields',
      description: `Subscription operation '${names[0] ?? 'null'}' must have exactly one root field`,
      isPathless: true,
    }),
  },
];

/** graphql-js' rule, reporting to us. */
function reporting({ rule, translate }: Translation, report: Report): ValidationRule {
  return (context) => {
    const reportError = (error: GraphQLError): void => {
      const nodes = error.nodes ?? [];
      const names = [...error.message.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '');
      const { node = nodes[0] ?? context.getDocument(), ...finding } = translate(names, nodes, error.message);
      report({ ...finding, node });
    };
    return rule(Object.create(context, { reportError: { value: reportError } }) as ValidationContext);
  };
}

function conflict(message: string): string {
  const different = /"([^"]+)" and "([^"]+)" are different fields/.exec(message);
  if (different) return `${different[1]} and ${different[2]} are different fields`;
  if (message.includes('differing arguments')) return 'they have differing arguments';
  if (message.includes('conflicting types')) return 'they return differing types';
  return 'subfields conflict';
}

/** Names of the fragment and fields around a node, joined by `/`; the field itself included. */
function pathTo(document: DocumentNode, node: ASTNode): string {
  const names: string[] = [];
  let found = '';
  visit(document, {
    enter(at) {
      if (at.kind === Kind.FIELD || at.kind === Kind.FRAGMENT_DEFINITION) names.push(at.name.value);
      if (at === node) found = names.join('/');
    },
    leave(at) {
      if (at.kind === Kind.FIELD || at.kind === Kind.FRAGMENT_DEFINITION) names.pop();
    },
  });
  return found;
}
