/** Every rule about a whole API and its templates, in the order their findings come. A new rule is a file beside this one and a line below. */
import { abstractAnswerNamesItsType } from './abstract-answer-names-its-type';
import { apiKeyExpiresWithinAYear } from './api-key-expires-within-a-year';
import { apiKeyModeHasAKey } from './api-key-mode-has-a-key';
import type { ApiRule } from './api-rule';
import { authDirectiveModeIsConfigured } from './auth-directive-mode-is-configured';
import { authorizationModeIsGivenOnce } from './authorization-mode-is-given-once';
import { authorizerLetsAppSyncCall } from './authorizer-lets-appsync-call';
import { awsAuthStandsAlone } from './aws-auth-stands-alone';
import { batchSizeIsForLambda } from './batch-size-is-for-lambda';
import { batchedHandlerAsksForABatch } from './batched-handler-asks-for-a-batch';
import { cacheEntryLivesUpToAnHour } from './cache-entry-lives-up-to-an-hour';
import { cacheKeyNamesExistingValue } from './cache-key-names-existing-value';
import { cacheKeysAreOfTheContext } from './cache-keys-are-of-the-context';
import { cachedAnswerHasItsInputsInTheKey } from './cached-answer-has-its-inputs-in-the-key';
import { cachedIdentityIsInTheKey } from './cached-identity-is-in-the-key';
import { cachedResolverHasCache } from './cached-resolver-has-cache';
import { callerCanReadWhatItCalls } from './caller-can-read-what-it-calls';
import { callerCredentialsComeWithIam } from './caller-credentials-come-with-iam';
import { conflictDetectionIsForVersionedTables } from './conflict-detection-is-for-versioned-tables';
import { dataSourceExists } from './data-source-exists';
import { dataSourceHasConfiguration } from './data-source-has-configuration';
import { dataSourceHasRole } from './data-source-has-role';
import { dataSourceNameIsUnique } from './data-source-name-is-unique';
import { databaseHasDataApi } from './database-has-data-api';
import { deltaTableHasItsKeys } from './delta-table-has-its-keys';
import { environmentIsWithinLimits } from './environment-is-within-limits';
import { environmentReadIsDefined } from './environment-read-is-defined';
import { evictionNamesTheKeysOfItsField } from './eviction-names-the-keys-of-its-field';
import { extensionIsCalledWhereItCounts } from './extension-is-called-where-it-counts';
import { fieldHasOneResolver } from './field-has-one-resolver';
import { filterKeepsToLimits } from './filter-keeps-to-limits';
import { filterNamesDeliveredField } from './filter-names-delivered-field';
import { filterStaysOutOfLists } from './filter-stays-out-of-lists';
import { functionVersionIsSupported } from './function-version-is-supported';
import { globalIndexIsReadEventually } from './global-index-is-read-eventually';
import { httpEndpointIsAHost } from './http-endpoint-is-a-host';
import { limitsAreInRange } from './limits-are-in-range';
import { mappingTemplateAsksForKnownOperation } from './mapping-template-asks-for-known-operation';
import { mappingTemplateCallsExistingHelpers } from './mapping-template-calls-existing-helpers';
import { mappingTemplateFits64Kilobytes } from './mapping-template-fits-64-kilobytes';
import { mappingTemplateHasAVersion } from './mapping-template-has-a-version';
import { mappingTemplateMakesJson } from './mapping-template-makes-json';
import { mappingTemplateParses } from './mapping-template-parses';
import { mappingTemplateReadsExistingContext } from './mapping-template-reads-existing-context';
import { nameIsAnIdentifier } from './name-is-an-identifier';
import { pipelineFunctionExists } from './pipeline-function-exists';
import { pipelineHasAtMostTenFunctions } from './pipeline-has-at-most-ten-functions';
import { pipelineHasFunctions } from './pipeline-has-functions';
import { pipelineNamesNoDataSource } from './pipeline-names-no-data-source';
import { requestAsksForKnownOperation } from './request-asks-for-known-operation';
import { requestHasCode } from './request-has-code';
import { requestHasKeyOfTable } from './request-has-key-of-table';
import { requestHasNeededMembers } from './request-has-needed-members';
import { requestKeepsToLimits } from './request-keeps-to-limits';
import { requestNamesExistingIndex } from './request-names-existing-index';
import { resolverAnswersExistingField } from './resolver-answers-existing-field';
import { roleAllowsRequests } from './role-allows-requests';
import { rootFieldHasResolver } from './root-field-has-resolver';
import { rootFieldsAreProtectedAlike } from './root-fields-are-protected-alike';
import { schemaFitsOneMegabyte } from './schema-fits-one-megabyte';
import { subscriptionArgumentCanMatch } from './subscription-argument-can-match';
import { subscriptionCanDeliver } from './subscription-can-deliver';
import { templateFitsOneMegabyte } from './template-fits-one-megabyte';
import { templateHasAtMost200Outputs } from './template-has-at-most-200-outputs';
import { templateHasAtMost500Resources } from './template-has-at-most-500-resources';
import type { TemplateRule } from './template-rule';
import { unitResolverNamesDataSource } from './unit-resolver-names-data-source';
import { uploadedSchemaIsMerged } from './uploaded-schema-is-merged';
import { uploadedSchemaRedeclaresNothing } from './uploaded-schema-redeclares-nothing';
import { versionedTableTakesOperation } from './versioned-table-takes-operation';

export const apiRules: readonly ApiRule[] = [
  resolverAnswersExistingField,
  fieldHasOneResolver,
  rootFieldHasResolver,
  authDirectiveModeIsConfigured,
  awsAuthStandsAlone,
  callerCanReadWhatItCalls,
  rootFieldsAreProtectedAlike,
  subscriptionCanDeliver,
  subscriptionArgumentCanMatch,
  filterNamesDeliveredField,
  filterStaysOutOfLists,
  filterKeepsToLimits,
  schemaFitsOneMegabyte,
  uploadedSchemaIsMerged,
  uploadedSchemaRedeclaresNothing,
  authorizationModeIsGivenOnce,
  authorizerLetsAppSyncCall,
  dataSourceExists,
  dataSourceNameIsUnique,
  dataSourceHasConfiguration,
  dataSourceHasRole,
  callerCredentialsComeWithIam,
  httpEndpointIsAHost,
  databaseHasDataApi,
  deltaTableHasItsKeys,
  nameIsAnIdentifier,
  pipelineFunctionExists,
  pipelineHasAtMostTenFunctions,
  pipelineHasFunctions,
  pipelineNamesNoDataSource,
  unitResolverNamesDataSource,
  apiKeyModeHasAKey,
  apiKeyExpiresWithinAYear,
  limitsAreInRange,
  environmentIsWithinLimits,
  environmentReadIsDefined,
  cachedResolverHasCache,
  cacheEntryLivesUpToAnHour,
  cacheKeysAreOfTheContext,
  cacheKeyNamesExistingValue,
  cachedIdentityIsInTheKey,
  cachedAnswerHasItsInputsInTheKey,
  extensionIsCalledWhereItCounts,
  evictionNamesTheKeysOfItsField,
  abstractAnswerNamesItsType,
  batchSizeIsForLambda,
  batchedHandlerAsksForABatch,
  conflictDetectionIsForVersionedTables,
  requestHasCode,
  requestAsksForKnownOperation,
  requestHasNeededMembers,
  requestKeepsToLimits,
  requestNamesExistingIndex,
  requestHasKeyOfTable,
  globalIndexIsReadEventually,
  versionedTableTakesOperation,
  roleAllowsRequests,
  functionVersionIsSupported,
  mappingTemplateFits64Kilobytes,
  mappingTemplateParses,
  mappingTemplateCallsExistingHelpers,
  mappingTemplateReadsExistingContext,
  mappingTemplateMakesJson,
  mappingTemplateHasAVersion,
  mappingTemplateAsksForKnownOperation,
];

/** Every rule about a template as a whole. */
export const templateRules: readonly TemplateRule[] = [templateHasAtMost500Resources, templateHasAtMost200Outputs, templateFitsOneMegabyte];
