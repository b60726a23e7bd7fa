/** graphql-js' laws about a built schema (interfaces kept, input cycles, reserved names), as diagnostics. */
import { type GraphQLError, type GraphQLSchema, Kind, validateSchema } from 'graphql';
import type { Diagnostic } from '../diagnostics';
import { type Locate, plainMessage } from './parse';
import { invalid, toDiagnostic } from './validate-document';

export interface TypeFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** False when graphql-js would refuse to run an operation on the schema, whoever reports the reason. */
  readonly isExecutable: boolean;
}

/** @param unknownTypes names that are reported already: what follows from them is not */
export function validateTypes(schema: GraphQLSchema, locate: Locate, unknownTypes: ReadonlySet<string>): TypeFindings {
  const errors = validateSchema(schema);
  const followsFromUnknown = ({ message }: GraphQLError) => unknownTypes.size > 0 && message.split(/\W+/).some((word) => unknownTypes.has(word));
  return {
    isExecutable: errors.length === 0 && unknownTypes.size === 0,
    diagnostics: errors.filter((error) => !isReportedByRule(error) && !followsFromUnknown(error)).map((error) => buildDiagnostic(error, locate)),
  };
}

/** graphql-js names the type that asks before the type that fails it; the last is the one to change. */
export function buildDiagnostic(error: GraphQLError, locate: Locate): Diagnostic {
  const nodes = (error.nodes ?? []).filter((node) => node.loc);
  const last = nodes.at(-1);
  return toDiagnostic(invalid, {
    ...(last ? { at: locate(last) } : {}),
    message: plainMessage(error.message),
    notes: nodes.slice(0, -1).map((node) => ({ message: 'because of this', location: locate(node) })),
  });
}

/** What our own rules say better: no query type, empty types, and all that follows from an interface that implements another. */
function isReportedByRule({ message, nodes }: GraphQLError): boolean {
  return (
    message.startsWith('Query root type must be provided') ||
    message.includes(' must define one or more ') ||
    message.includes(' because it is implemented by ') ||
    (message.startsWith('Interface field ') && nodes?.some((node) => node.kind === Kind.INTERFACE_TYPE_DEFINITION) === true)
  );
}
