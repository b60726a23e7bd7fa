/**
 * A whole AppSync API as plain data, after CloudFormation intrinsics have been evaluated with local values.
 * It is the only thing synth time and run time share: `checks` judges it, `local` runs it. Names are AppSync's own.
 */
import type { Diagnostic, ResourceRef, SourceFile } from '../diagnostics';

/** Everything found in one cloud assembly or template. */
export interface Assembly {
  readonly apis: readonly ApiModel[];
  /** Every table in the templates, whether or not an API uses it. */
  readonly tables: readonly TableModel[];
  readonly userPools: readonly UserPoolModel[];
  /** Every role in the templates: who may call an API that takes IAM. */
  readonly roles?: readonly RoleModel[];
  /** Every IAM user in the templates. */
  readonly users?: readonly UserModel[];
  /** The Lambda functions of the templates that an API calls, as data source or authorizer. */
  readonly lambdaFunctions?: readonly LambdaFunctionModel[];
  /** Rules of the templates that events on a bus are matched with. */
  readonly eventRules?: readonly EventRuleModel[];
  /** The database clusters of the templates that an API asks. */
  readonly databaseClusters?: readonly DatabaseClusterModel[];
  /** Search indexes that our constructs keep like tables of the templates. */
  readonly searchIndexes?: readonly SearchIndexModel[];
  /** The template files that were read, nested ones included, each once. */
  readonly templates?: readonly TemplateModel[];
  /** The stacks that a deployment makes, each before those nested in it. */
  readonly stacks?: readonly StackModel[];
  /** Texts in this model that stand in for values without a local one; they may be part of a longer text. */
  readonly standIns?: readonly string[];
  /** Problems in reading the templates themselves (`MAN_*`). */
  readonly diagnostics: readonly Diagnostic[];
}

export interface StackModel {
  /** `Shop`, and `Shop/Nested` for what the resource `Nested` of it makes. A template file alone does not tell the name of its stack, which is empty then. */
  readonly path: string;
  /** Absolute. */
  readonly templatePath: string;
}

/** How large a template file is, as CloudFormation counts. */
export interface TemplateModel {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** As written: what a transform makes of them is not counted. */
  readonly resourceCount: number;
  readonly outputCount: number;
  readonly parameterCount: number;
}

export interface ApiModel {
  /** The `Name` property of the GraphQLApi. */
  readonly name: string;
  /** 26 characters `[0-9a-z]`, stable for a stack name and logical id. */
  readonly apiId: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: ResourceRef;
  /** The SDL as the user wrote it: the original files where our constructs made the schema, otherwise the one text in the template or asset. Empty when the API has no schema. */
  readonly schema: readonly SourceFile[];
  /** True when our constructs made the uploaded text from `schema`; otherwise AppSync gets `schema` as it is written. */
  readonly schemaIsMerged?: boolean;
  readonly schemaResource?: ResourceRef;
  /** The default mode first, then the additional ones in template order. */
  readonly authorization: readonly AuthorizationModeModel[];
  readonly apiKeys: readonly ApiKeyModel[];
  readonly environment: Readonly<Record<string, string>>;
  readonly introspection: boolean;
  /** 0 means no limit. */
  readonly queryDepthLimit: number;
  /** 0 means the service's own limit of 10,000. */
  readonly resolverCountLimit: number;
  readonly cache?: CacheModel;
  readonly dataSources: readonly DataSourceModel[];
  readonly functions: readonly FunctionModel[];
  readonly resolvers: readonly ResolverModel[];
  /** What belongs to the API and could not be read, which is reported: nothing more is known of it. */
  readonly unread?: readonly UnreadResource[];
  /** Problems our constructs met while building the API, carried in the template so that every reader reports them. */
  readonly findings: readonly Diagnostic[];
}

export interface UnreadResource {
  readonly kind: 'RESOLVER' | 'FUNCTION' | 'DATA_SOURCE';
  /** `Type.field`, the function id, or the name of the data source; absent when that is what could not be read. */
  readonly identity?: string;
  readonly resource?: ResourceRef;
}

export type AuthorizationType = AuthorizationModeModel['type'];

export type AuthorizationModeModel =
  | { readonly type: 'API_KEY' }
  | { readonly type: 'AWS_IAM' }
  | {
      readonly type: 'AMAZON_COGNITO_USER_POOLS';
      readonly userPoolId: string;
      readonly region: string;
      readonly appIdClientRegex?: string;
      /** What callers of this pool may do with fields that carry no directive. Only the default mode can say DENY. */
      readonly defaultAction: 'ALLOW' | 'DENY';
    }
  | {
      readonly type: 'OPENID_CONNECT';
      readonly issuer: string;
      readonly clientId?: string;
      readonly iatTtlMs?: number;
      readonly authTtlMs?: number;
    }
  | {
      readonly type: 'AWS_LAMBDA';
      readonly functionArn: string;
      readonly resultTtlSeconds: number;
      readonly identityValidationExpression?: string;
    };

export interface ApiKeyModel {
  /** `da2-` and 26 characters, made from the logical id, so it survives a restart. */
  readonly key: string;
  /** Epoch seconds; absent means the service's default of 7 days after creation. */
  readonly expires?: number;
  readonly resource: ResourceRef;
}

export interface CacheModel {
  readonly behavior: 'FULL_REQUEST_CACHING' | 'PER_RESOLVER_CACHING' | 'OPERATION_LEVEL_CACHING';
  readonly ttlSeconds: number;
  readonly resource: ResourceRef;
}

interface DataSourceBase {
  readonly name: string;
  readonly resource: ResourceRef;
  /** What AppSync assumes to reach the source. */
  readonly role?: ServiceRoleModel;
}

export type ServiceRoleModel =
  /** The data source names no role. */
  | { readonly kind: 'NONE' }
  /** The role, or a policy of it, is not in the templates: what it allows cannot be told. */
  | { readonly kind: 'UNKNOWN' }
  /** `trustsAppSync` is false when the role says who may assume it, and AppSync is not among them. */
  | { readonly kind: 'KNOWN'; readonly trustsAppSync?: boolean; readonly roleName: string; readonly resource: ResourceRef; readonly statements: readonly PolicyStatementModel[] };

/** Somebody whose policies are known, as far as they can be read. */
export interface PrincipalModel extends PoliciesModel {
  readonly arn: string;
  readonly resource: ResourceRef;
  /** What its permissions boundary lets it have at most. @default no boundary */
  readonly boundary?: PoliciesModel;
  /** Conditions know them as `aws:PrincipalTag/KEY`. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PoliciesModel {
  readonly statements: readonly PolicyStatementModel[];
  /** Managed policies that are not in the templates, and statements with values that are not known here. */
  readonly unread: readonly string[];
}

/** A role of the templates. */
export interface RoleModel extends PrincipalModel {
  readonly roleName: string;
  /** The Cognito identity pool that gives the role to its users, or to its guests. */
  readonly identityPool?: { readonly id: string; readonly isAuthenticated: boolean };
}

/** An IAM user of the templates, with the policies of its groups. */
export interface UserModel extends PrincipalModel {
  readonly userName: string;
  /** Of its active access keys; of a user without any in the templates, a made-up one. */
  readonly accessKeyIds: readonly string[];
}

/** One statement of a policy. Of `actions` and `notActions` one is given, of `resources` and `notResources` one; all may hold `*` and `?`. */
export interface PolicyStatementModel {
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly isConditional: boolean;
  /** All of them must hold. @default none; they are not known when `isConditional` says there are some */
  readonly conditions?: readonly PolicyConditionModel[];
}

/** One test of the `Condition` of a statement. */
export interface PolicyConditionModel {
  /** As written: `StringEquals`, `ForAllValues:StringLike`, `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  /** One of them will do. Absent when one of them has no local value. */
  readonly values?: readonly string[];
}

export type DataSourceModel = DataSourceBase &
  (
    | { readonly type: 'NONE' }
    | {
        readonly type: 'AMAZON_DYNAMODB';
        readonly tableName: string;
        readonly region: string;
        readonly versioned: boolean;
        /** Of a versioned source: where its changes are kept for `Sync`. */
        readonly deltaTableName?: string;
        /** True when requests run with the caller's permissions, not the role's. @default false */
        readonly usesCallerCredentials?: boolean;
      }
    | { readonly type: 'AWS_LAMBDA'; readonly functionArn: string }
    | {
        readonly type: 'HTTP';
        readonly endpoint: string;
        /** Present when requests are signed: `AuthorizationConfig` with `AWS_IAM`. */
        readonly signing?: { readonly region: string; readonly service: string };
      }
    /** A kind with no shape of its own here yet; `config` holds the evaluated properties. */
    | {
        readonly type: 'OTHER';
        readonly awsType: string;
        readonly config: Readonly<Record<string, unknown>>;
        /** Of a database: SQL that makes its tables when it runs locally, in order. Our constructs leave it; paths are as the author knows them. */
        readonly localSchema?: readonly SourceFile[];
      }
  );

/** What a resolver or function runs. */
export type HandlerModel =
  | {
      readonly kind: 'APPSYNC_JS';
      /** The code AppSync gets: one file, already bundled. `path` names the asset, or the template and logical id for inline code. */
      readonly code: SourceFile;
      /** Source map (version 3, JSON text) from the code back to what the user wrote; `sources` are absolute paths. */
      readonly sourceMap?: string;
    }
  | { readonly kind: 'VTL'; readonly request?: SourceFile; readonly response?: SourceFile }
  /** No code and no templates: a direct Lambda resolver. */
  | { readonly kind: 'DIRECT' };

export interface ResolverModel {
  readonly typeName: string;
  readonly fieldName: string;
  readonly kind: 'UNIT' | 'PIPELINE';
  /** Unit resolvers only. */
  readonly dataSourceName?: string;
  /** The data source that a pipeline resolver names; it may not. */
  readonly strayDataSourceName?: string;
  /** Pipeline resolvers only: `FunctionModel.functionId`s in order. */
  readonly functionIds: readonly string[];
  readonly handler: HandlerModel;
  readonly caching?: { readonly ttlSeconds: number; readonly keys: readonly string[] };
  readonly maxBatchSize?: number;
  readonly sync?: SyncModel;
  readonly resource: ResourceRef;
}

export interface FunctionModel {
  readonly functionId: string;
  readonly name: string;
  readonly dataSourceName: string;
  readonly handler: HandlerModel;
  /** `FunctionVersion`, when given. */
  readonly version?: string;
  readonly maxBatchSize?: number;
  readonly sync?: SyncModel;
  readonly resource: ResourceRef;
}

/** `SyncConfig`: what happens when a write meets a newer version. */
export interface SyncModel {
  /** `VERSION` or `NONE`. */
  readonly conflictDetection: string;
  /** `OPTIMISTIC_CONCURRENCY`, `AUTOMERGE`, `LAMBDA` or `NONE`. */
  readonly conflictHandler?: string;
  readonly lambdaConflictHandlerArn?: string;
}

export type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface IndexModel {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly projection: { readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; readonly nonKeyAttributes?: readonly string[] };
}

export interface TableModel {
  /** Physical name. */
  readonly tableName: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly globalIndexes: readonly IndexModel[];
  readonly localIndexes: readonly IndexModel[];
  readonly timeToLiveAttribute?: string;
  readonly resource: ResourceRef;
}

export interface UserPoolModel {
  /** `<region>_<9 characters>`, stable for a stack name and logical id. */
  readonly userPoolId: string;
  /** `https://cognito-idp.<region>.amazonaws.com/<userPoolId>` */
  readonly issuer: string;
  readonly clientIds: readonly string[];
  /** What people call it: its place in the CDK app (`Shop/Users`), or its logical id; absent for a pool outside of the templates. */
  readonly name?: string;
  readonly resource?: ResourceRef;
}

export interface LambdaFunctionModel {
  /** Without version or alias; a `functionArn` elsewhere in the model may have one after it. */
  readonly functionArn: string;
  readonly functionName: string;
  /** `nodejs20.x`, `python3.12`, …; absent for a container image. */
  readonly runtime?: string;
  /** `<file without extension>.<export>` */
  readonly handler: string;
  /** Absent when it is not on disk. */
  readonly code?:
    | { readonly kind: 'INLINE'; readonly source: SourceFile }
    /** A folder, or a file that is one module or an archive; absolute. */
    | { readonly kind: 'PATH'; readonly path: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** What it may do itself. Absent when it is made elsewhere: by SAM, for instance. */
  readonly roleArn?: string;
  /** In the order in which Lambda lays them over each other. */
  readonly layers?: readonly LayerModel[];
  /** Services and accounts that permissions of the templates let call it. Absent when that cannot be told. */
  readonly invokers?: readonly string[];
  readonly resource: ResourceRef;
}

/** What Lambda unpacks into `/opt`. */
export interface LayerModel {
  /** ARN with its version; the logical id for one of the templates. */
  readonly name: string;
  /** A folder or an archive; absolute. Absent when it is not on disk. */
  readonly path?: string;
}

/** An index of a search domain that has a document for each item of a table. */
export interface SearchIndexModel {
  readonly name: string;
  /** Of the domain, as data sources name it. */
  readonly endpoint: string;
  /** Physical name. */
  readonly tableName: string;
  /** Key attributes of the table, in the order in which they make up the id of a document: by name. */
  readonly keyAttributes: readonly string[];
  /** What the index is created with, in OpenSearch's own form. */
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly resource: ResourceRef;
}

export interface DatabaseClusterModel {
  readonly clusterArn: string;
  /** `aurora-postgresql`, `aurora-mysql`, … */
  readonly engine: string;
  /** The database it was made with. */
  readonly databaseName?: string;
  /** Whether its Data API is switched on; absent when that cannot be told. */
  readonly hasDataApi?: boolean;
  readonly resource: ResourceRef;
}

/** A rule of EventBridge. */
export interface EventRuleModel {
  readonly name: string;
  /** `default` for the bus every account has. */
  readonly busName: string;
  readonly pattern: unknown;
  readonly targets: readonly EventTargetModel[];
  readonly resource: ResourceRef;
}

export interface EventTargetModel {
  /** Of a function, or of an API's endpoint: `arn:aws:appsync:<region>:<account>:endpoints/graphql-api/<id>`. */
  readonly arn: string;
  /** Whom EventBridge calls the target as. */
  readonly roleArn?: string;
  /** Targets that are APIs: the mutation; its variables are the input. */
  readonly graphQlOperation?: string;
  /** What the target gets instead of the event, as JSON text. */
  readonly input?: string;
  /** Or a part of the event, as a JSON path. */
  readonly inputPath?: string;
  /** Or a text made from parts: `<name>` in the template is replaced by what the path of that name finds. */
  readonly transformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
}
