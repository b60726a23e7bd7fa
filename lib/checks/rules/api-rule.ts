/** The shape of a rule about a whole API: what no single file can show. */
import type { HandlerRequests } from '../../compiler';
import type { CodeSummary, Diagnostic, Note, ResourceRef, Severity, SourceLocation } from '../../diagnostics';
import type { ApiModel, DatabaseClusterModel, HandlerModel, LambdaFunctionModel, TableModel, UnreadResource } from '../../model';
import type { SchemaModel } from '../../sdl';
import type { TableRequests } from '../template-requests';
import type { MappingTemplate } from '../mapping-templates';

export interface ApiRuleInput {
  readonly api: ApiModel;
  /** Undefined when the API has no schema, or one with errors of its own; rules that need it then find nothing. */
  readonly schema: SchemaModel | undefined;
  /** The schema; or what can be read of one with unknown types. For rules that do not take their names for theirs. */
  readonly draft: SchemaModel | undefined;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Every table of the templates that hold the API. */
  readonly tables: readonly TableModel[];
  /** The functions of the templates that APIs call. */
  readonly lambdaFunctions: readonly LambdaFunctionModel[];
  /** The database clusters of the templates that APIs ask. */
  readonly databaseClusters: readonly DatabaseClusterModel[];
  /** False for a text of the model with a part that has no local value: nothing can be said about it. */
  isKnown(text: string): boolean;
  /** What a handler's code asks for, read once per code; undefined for templates, and for code that does not parse. */
  requestsOf(handler: HandlerModel): HandlerRequests | undefined;
  /** What code or a request template asks a table for. */
  tableRequestsOf(handler: HandlerModel): TableRequests | undefined;
}

export interface ApiRule extends CodeSummary {
  readonly url: string;
  check(input: ApiRuleInput): Iterable<ApiFinding>;
  /** What the rule can say about source files before there is an API; absent when that is nothing. */
  checkSources?(input: SourceRuleInput): Iterable<ApiFinding>;
  /** What the rule says about mapping templates, be they of an API or not; absent in rules that are not about templates alone. */
  checkTemplates?(templates: Iterable<MappingTemplate>): Iterable<ApiFinding>;
}

export interface SourceRuleInput {
  readonly draft: SchemaModel;
  /** Code of the resolvers in the sources by `Type.field`; a field without an entry may have a resolver elsewhere. */
  readonly resolverCode: ReadonlyMap<string, string>;
}

/** A breach of a rule: the resource that breaks it and, where the user's own file shows it, the place. */
export interface ApiFinding {
  readonly message: string;
  /** @default that of the rule; of a rule with both, `error` */
  readonly severity?: Severity;
  readonly resource?: ResourceRef;
  readonly location?: SourceLocation;
  readonly notes?: readonly Note[];
  readonly fix?: string;
}

/** A finding as a diagnostic of its rule. */
export function diagnosticOf({ code, severity, url }: Pick<ApiRule, 'code' | 'severity' | 'url'>, { notes = [], ...finding }: ApiFinding): Diagnostic {
  return { code, severity: severity === 'error or warning' ? 'error' : severity, url, notes, ...finding };
}

/** True when our constructs lack code, and so left resources behind that are not whole: that is reported, and the cause of what follows. */
export function lacksCode({ findings }: ApiModel): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** True when something of this kind and identity may be in the template after all, but could not be read: that is reported, and the cause of what follows. */
export function isUnread({ unread = [] }: ApiModel, kind: UnreadResource['kind'], identity: string): boolean {
  return unread.some((resource) => resource.kind === kind && (resource.identity === undefined || resource.identity === identity));
}
