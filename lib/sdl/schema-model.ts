/** A checked schema: what the SDL says, with the AppSync meaning of its directives worked out once. */
import type { GraphQLSchema, Kind } from 'graphql';
import type { SourceFile, SourceLocation } from '../diagnostics';

/** One authorization directive on a type or field. `@aws_auth` is kept apart from `@aws_cognito_user_pools`: they behave differently. */
export interface AuthDirective {
  readonly name: 'aws_api_key' | 'aws_iam' | 'aws_oidc' | 'aws_lambda' | 'aws_cognito_user_pools' | 'aws_auth';
  /** Absent: any group. Only on `aws_cognito_user_pools` and `aws_auth`. */
  readonly groups?: readonly string[];
  readonly location: SourceLocation;
}

export interface SubscriptionField {
  readonly fieldName: string;
  /** The names in `@aws_subscribe(mutations:)`, in order. Empty when the directive is missing. */
  readonly mutations: readonly { readonly name: string; readonly location: SourceLocation }[];
  readonly location: SourceLocation;
}

/** A definition that is not in `SchemaModel.sdl` as its author wrote it. */
export interface AdaptedDefinition {
  /** `merged`: an extension, folded into what it extends. `left out`: a scalar or directive that AppSync brings itself. */
  readonly how: 'merged' | 'left out';
  readonly kind: Kind;
  /** `schema` for an extension of the schema block. */
  readonly name: string;
  readonly location: SourceLocation;
}

export interface SchemaModel {
  readonly sources: readonly SourceFile[];
  /** Executable schema: AWS scalars with AppSync's validation, AWS directives defined, extensions merged. */
  readonly schema: GraphQLSchema;
  /** One SDL text as AppSync accepts it: extensions merged, redeclared AWS scalars and directives left out. What gets uploaded. */
  readonly sdl: string;
  /** Names that nothing defines: scalars of the schema until somebody does. Empty except in a draft. */
  readonly unknownTypes: ReadonlySet<string>;
  /** Directives written on a type (`"Product"`) or field (`"Query.getProduct"`); empty when there are none. Inheritance from the type is the reader's business. */
  authDirectives(coordinate: string): readonly AuthDirective[];
  readonly subscriptions: readonly SubscriptionField[];
  /** In the order of the files. A template that uploads the author's own text uploads these too. */
  readonly adapted: readonly AdaptedDefinition[];
  /** Where a type (`"Product"`), field (`"Query.getProduct"`) or argument (`"Query.getProduct.id"`) is declared. */
  locationOf(coordinate: string): SourceLocation | undefined;
}
