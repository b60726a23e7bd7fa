/**
 * What AppSync gives to resolver code, from the declarations of @aws-appsync/utils 2.1.1.
 * Written by bin/write-appsync-api.ts; do not edit.
 */
import type { ApiSurface } from './api-surface';

export const appSyncApi: ApiSurface = {
  globals: ['util', 'extensions', 'runtime'],
  modules: {
    '@aws-appsync/utils': {
      members: {
        util: {
          members: {
            escapeJavaScript: { least: 1, parameters: ['string'] },
            urlEncode: { least: 1, parameters: ['string'] },
            urlDecode: { least: 1, parameters: ['string'] },
            base64Encode: { least: 1, parameters: ['string'] },
            base64Decode: { least: 1, parameters: ['string'] },
            autoId: { least: 0, parameters: [] },
            autoUlid: { least: 0, parameters: [] },
            autoKsuid: { least: 0, parameters: [] },
            unauthorized: { least: 0, parameters: [] },
            error: { least: 1, parameters: ['string', 'string', 'any', 'any'] },
            appendError: { least: 1, parameters: ['string', 'string', 'any', 'any'] },
            matches: { least: 2, parameters: ['string', 'string'] },
            authType: { least: 0, parameters: [] },
            time: {
              members: {
                nowISO8601: { least: 0, parameters: [] },
                nowEpochSeconds: { least: 0, parameters: [] },
                nowEpochMilliSeconds: { least: 0, parameters: [] },
                nowFormatted: { least: 1, parameters: ['string', 'string'] },
                parseFormattedToEpochMilliSeconds: { least: 2, parameters: ['string', 'string', 'string'] },
                parseISO8601ToEpochMilliSeconds: { least: 1, parameters: ['string'] },
                epochMilliSecondsToSeconds: { least: 1, parameters: ['number'] },
                epochMilliSecondsToISO8601: { least: 1, parameters: ['number'] },
                epochMilliSecondsToFormatted: { least: 2, parameters: ['number', 'string', 'string'] },
              },
            },
            dynamodb: {
              members: {
                toDynamoDB: { least: 1, parameters: ['any'] },
                toString: { least: 1, parameters: ['string'] },
                toStringSet: { least: 1, parameters: [{ list: 'string' }] },
                toNumber: { least: 1, parameters: ['number'] },
                toNumberSet: { least: 1, parameters: [{ list: 'number' }] },
                toBinary: { least: 1, parameters: ['string'] },
                toBinarySet: { least: 1, parameters: [{ list: 'string' }] },
                toBoolean: { least: 1, parameters: ['boolean'] },
                toNull: { least: 0, parameters: [] },
                toList: { least: 1, parameters: ['any'] },
                toMap: { least: 1, parameters: ['any'] },
                toMapValues: { least: 1, parameters: ['any'] },
                toS3Object: { least: 3, parameters: ['string', 'string', 'string', 'string'] },
                fromS3ObjectJson: { least: 1, parameters: ['string'] },
              },
            },
            rds: { members: { toJsonObject: { least: 1, parameters: ['any'] } } },
            http: {
              members: {
                copyHeaders: { least: 1, parameters: ['any'] },
                addResponseHeader: { least: 2, parameters: ['string', 'any'] },
                addResponseHeaders: { least: 1, parameters: [{ each: 'any' }] },
              },
            },
            xml: { members: { toMap: { least: 1, parameters: ['string'] }, toJsonString: { least: 1, parameters: ['string', 'boolean'] } } },
            transform: {
              members: {
                toDynamoDBFilterExpression: { least: 1, parameters: ['any'] },
                toDynamoDBConditionExpression: { least: 1, parameters: ['any'] },
                toElasticsearchQueryDSL: { least: 1, parameters: ['any'] },
                toSubscriptionFilter: { least: 1, parameters: ['any', 'any', 'any'] },
              },
            },
            math: {
              members: {
                roundNum: { least: 1, parameters: ['number'] },
                minVal: { least: 2, parameters: ['number', 'number'] },
                maxVal: { least: 2, parameters: ['number', 'number'] },
                randomDouble: { least: 0, parameters: [] },
                randomWithinRange: { least: 2, parameters: ['number', 'number'] },
              },
            },
            str: { members: { normalize: { least: 2, parameters: ['string', { texts: ['nfc', 'nfd', 'nfkc', 'nfkd'] }] } } },
          },
        },
        extensions: {
          members: {
            evictFromApiCache: { least: 3, parameters: ['string', 'string', { each: 'any' }] },
            setSubscriptionFilter: { least: 1, parameters: ['any'] },
            setSubscriptionInvalidationFilter: { least: 1, parameters: ['any'] },
            invalidateSubscriptions: { least: 1, parameters: [{ required: { subscriptionField: 'string', payload: { each: 'any' } }, optional: {} }] },
          },
        },
        runtime: { members: { earlyReturn: { least: 0, parameters: ['any', { required: { skipTo: { texts: ['END', 'NEXT'] } }, optional: {} }] } } },
      },
      types: ['AppSyncIdentityCognito', 'AppSyncIdentityIAM', 'AppSyncIdentityLambda', 'AppSyncIdentityOIDC', 'AttributeMap', 'AttributeName', 'AttributeNameList', 'AttributeValue', 'AttributeValueList', 'BedrockConverseMetrics', 'BedrockConverseOutput', 'BedrockConverseRequest', 'BedrockConverseResult', 'BedrockConverseTrace', 'BedrockGuardContent', 'BedrockGuardContentText', 'BedrockGuardrailAssessment', 'BedrockGuardrailConfig', 'BedrockGuardrailContentFilter', 'BedrockGuardrailContentPolicyAssessment', 'BedrockGuardrailContextualGroundingFilter', 'BedrockGuardrailContextualGroundingPolicyAssessment', 'BedrockGuardrailCoverage', 'BedrockGuardrailCustomWord', 'BedrockGuardrailInvocationMetrics', 'BedrockGuardrailManagedWord', 'BedrockGuardrailPiiEntityFilter', 'BedrockGuardrailRegexFilter', 'BedrockGuardrailSensitiveInformationPolicyAssessment', 'BedrockGuardrailTextCharactersCoverage', 'BedrockGuardrailTopic', 'BedrockGuardrailTopicPolicyAssessment', 'BedrockGuardrailTraceAsssessment', 'BedrockGuardrailUsage', 'BedrockGuardrailWordPolicyAssessment', 'BedrockInferenceConfig', 'BedrockInputSchema', 'BedrockInvokeModelRequest', 'BedrockInvokeModelResult', 'BedrockMessage', 'BedrockMessageContent', 'BedrockPromptVariableValues', 'BedrockSpecificToolChoice', 'BedrockSystemContent', 'BedrockTokenUsage', 'BedrockTool', 'BedrockToolChoice', 'BedrockToolConfig', 'BedrockToolResult', 'BedrockToolResultContent', 'BedrockToolSpec', 'BedrockToolUse', 'Channel', 'ChannelNamespace', 'ConditionCheckExpression', 'ConsistentRead', 'Context', 'ConversePayload', 'DynamoDBBatchDeleteItemRequest', 'DynamoDBBatchGetItemRequest', 'DynamoDBBatchPutItemRequest', 'DynamoDBBinaryResult', 'DynamoDBBinarySetResult', 'DynamoDBBooleanResult', 'DynamoDBDeleteItemRequest', 'DynamoDBExpression', 'DynamoDBExpressionOperation', 'DynamoDBFilterObject', 'DynamoDBGetItem', 'DynamoDBGetItemRequest', 'DynamoDBListResult', 'DynamoDBMapResult', 'DynamoDBNullResult', 'DynamoDBNumberResult', 'DynamoDBNumberSetResult', 'DynamoDBProjectionExpression', 'DynamoDBPutItemRequest', 'DynamoDBQueryRequest', 'DynamoDBReturnType', 'DynamoDBScanRequest', 'DynamoDBStringResult', 'DynamoDBStringSetResult', 'DynamoDBSyncRequest', 'DynamoDBTransactGetItemsRequest', 'DynamoDBTransactWriteItemsRequest', 'DynamoDBUpdateItemRequest', 'EventInfo', 'EventOnPublishContext', 'EventOnPublishResult', 'EventOnSubscribeContext', 'EventOperation', 'ExpressionAttributeNameMap', 'ExpressionAttributeNameVariable', 'ExpressionAttributeValueMap', 'ExpressionAttributeValueVariable', 'Extensions', 'HTTPRequest', 'HTTPResult', 'Identity', 'IncomingEvent', 'Info', 'Key', 'LambdaRequest', 'NONERequest', 'OpenSearchQueryObject', 'OpenSearchQueryOperation', 'OpenSearchRequest', 'OutgoingEvent', 'PutEventsRequest', 'PutEventsResult', 'PutItemInputAttributeMap', 'RDSRequest', 'RDSResponse', 'Request', 'ReturnOptions', 'ShallowSubscriptionFilterObject', 'SubscriptionFilter', 'SubscriptionFilterExcludeKeysType', 'SubscriptionFilterObject', 'SubscriptionFilterOperation', 'SubscriptionFilterRuleObject', 'TransactConditionCheckExpression', 'Util'],
    },
    '@aws-appsync/utils/dynamodb': {
      members: {
        query: { least: 1, parameters: [{ required: { query: 'any' }, optional: { index: 'string', limit: 'number', filter: 'any', nextToken: 'string', consistentRead: 'boolean', projection: { anyOf: [{ list: 'string' }, { list: 'any' }] }, totalSegments: 'number', segment: 'number', select: { texts: ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES'] }, scanIndexForward: 'boolean' } }] },
        scan: { least: 1, parameters: [{ required: {}, optional: { index: 'string', limit: 'number', filter: 'any', nextToken: 'string', consistentRead: 'boolean', projection: { anyOf: [{ list: 'string' }, { list: 'any' }] }, totalSegments: 'number', segment: 'number', select: { texts: ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES'] }, scanIndexForward: 'boolean' } }] },
        update: { least: 1, parameters: [{ required: { key: 'any', update: 'any' }, optional: { condition: 'any', customPartitionKey: 'string', populateIndexFields: 'boolean', _version: 'number' } }] },
        remove: { least: 1, parameters: [{ required: { key: 'any' }, optional: { condition: 'any', customPartitionKey: 'string', populateIndexFields: 'boolean', _version: 'number' } }] },
        put: { least: 1, parameters: [{ required: { key: 'any', item: 'any' }, optional: { condition: 'any', customPartitionKey: 'string', populateIndexFields: 'boolean', _version: 'number' } }] },
        get: { least: 1, parameters: [{ required: { key: 'any' }, optional: { consistentRead: 'boolean', projection: { anyOf: [{ list: 'string' }, { list: 'any' }] } } }] },
        sync: { least: 1, parameters: [{ required: {}, optional: { basePartitionKey: 'string', deltaIndexName: 'string', limit: 'number', nextToken: 'string', lastSync: 'number', filter: 'any' } }] },
        batchGet: { least: 1, parameters: [{ required: { tables: { each: { required: { keys: { list: 'any' } }, optional: { consistentRead: 'boolean', projection: { list: 'string' } } } } }, optional: {} }] },
        batchPut: { least: 1, parameters: [{ required: { tables: { each: { list: 'any' } } }, optional: {} }] },
        batchDelete: { least: 1, parameters: [{ required: { tables: { each: { list: 'any' } } }, optional: {} }] },
        transactGet: { least: 1, parameters: [{ required: { items: { list: { required: { table: 'string', key: 'any' }, optional: { projection: { list: 'string' } } } } }, optional: {} }] },
        transactWrite: { least: 1, parameters: [{ required: { items: { list: { anyOf: [{ required: { putItem: { required: { table: 'string', key: 'any', item: 'any' }, optional: { condition: 'any' } } }, optional: {} }, { required: { updateItem: { required: { table: 'string', key: 'any', update: 'any' }, optional: { condition: 'any' } } }, optional: {} }, { required: { deleteItem: { required: { table: 'string', key: 'any' }, optional: { condition: 'any' } } }, optional: {} }, { required: { conditionCheck: { required: { table: 'string', key: 'any' }, optional: { condition: 'any' } } }, optional: {} }] } } }, optional: {} }] },
        toStringSet: { least: 1, parameters: [{ list: 'string' }] },
        toNumberSet: { least: 1, parameters: [{ list: 'number' }] },
        toBinarySet: { least: 1, parameters: [{ list: 'string' }] },
        operations: {
          members: {
            add: { least: 1, parameters: ['any'] },
            remove: { least: 0, parameters: [] },
            replace: { least: 1, parameters: ['any'] },
            increment: { least: 0, parameters: ['number'] },
            decrement: { least: 0, parameters: ['number'] },
            append: { least: 1, parameters: [{ list: 'any' }] },
            prepend: { least: 1, parameters: [{ list: 'any' }] },
            updateListItem: { least: 2, parameters: ['any', 'number'] },
          },
        },
      },
      types: ['BatchDeleteInput', 'BatchGetInput', 'BatchPutInput', 'DynamoDBKey', 'DynamoDBOperationAdd', 'DynamoDBOperationAppend', 'DynamoDBOperationDecrement', 'DynamoDBOperationIncrement', 'DynamoDBOperationPrepend', 'DynamoDBOperationRemove', 'DynamoDBOperationReplace', 'DynamoDBOperationUpdateListItem', 'DynamoDBProjection', 'DynamoDBSyncInput', 'DynamoDBUpdateArrayOperators', 'DynamoDBUpdateInput', 'DynamoDBUpdateObject', 'DynamoDBUpdateObjectShallow', 'GetInput', 'PutInput', 'QueryInput', 'RemoveInput', 'RemoveOpOnOptional', 'ScanInput', 'TransactGetInput', 'TransactWriteConditionCheckItem', 'TransactWriteDeleteItem', 'TransactWriteInput', 'TransactWriteItem', 'TransactWritePutItem', 'TransactWriteUpdateItem'],
    },
    '@aws-appsync/utils/rds': {
      members: {
        select: { least: 1, parameters: [{ anyOf: [{ required: { table: { anyOf: ['string', { each: 'any' }] } }, optional: { from: 'any', where: 'any', columns: { anyOf: [{ texts: ['*'] }, { list: 'any' }] }, orderBy: { list: { required: { column: 'any' }, optional: { dir: { texts: ['ASC', 'DESC', 'asc', 'desc'] } } } }, limit: 'number', offset: 'number', groupBy: { list: { anyOf: ['string', 'number'] } }, having: 'any', join: { list: 'any' }, innerJoin: { list: 'any' }, leftJoin: { list: 'any' }, leftOuterJoin: { list: 'any' }, rightJoin: { list: 'any' }, rightOuterJoin: { list: 'any' }, fullOuterJoin: { list: 'any' }, crossJoin: { list: 'any' }, joinNatural: { list: 'any' }, innerJoinNatural: { list: 'any' }, leftJoinNatural: { list: 'any' }, leftOuterJoinNatural: { list: 'any' }, rightJoinNatural: { list: 'any' }, rightOuterJoinNatural: { list: 'any' }, fullOuterJoinNatural: { list: 'any' } } }, { required: { from: 'any' }, optional: { table: 'any', where: 'any', columns: { anyOf: [{ texts: ['*'] }, { list: 'any' }] }, orderBy: { list: { required: { column: 'any' }, optional: { dir: { texts: ['ASC', 'DESC', 'asc', 'desc'] } } } }, limit: 'number', offset: 'number', groupBy: { list: { anyOf: ['string', 'number'] } }, having: 'any', join: { list: 'any' }, innerJoin: { list: 'any' }, leftJoin: { list: 'any' }, leftOuterJoin: { list: 'any' }, rightJoin: { list: 'any' }, rightOuterJoin: { list: 'any' }, fullOuterJoin: { list: 'any' }, crossJoin: { list: 'any' }, joinNatural: { list: 'any' }, innerJoinNatural: { list: 'any' }, leftJoinNatural: { list: 'any' }, leftOuterJoinNatural: { list: 'any' }, rightJoinNatural: { list: 'any' }, rightOuterJoinNatural: { list: 'any' }, fullOuterJoinNatural: { list: 'any' } } }] }] },
        insert: { least: 1, parameters: [{ anyOf: [{ required: { table: { anyOf: ['string', { each: 'any' }] }, values: 'any' }, optional: { from: 'any', returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] } } }, { required: { from: 'any', values: 'any' }, optional: { table: 'any', returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] } } }] }] },
        update: { least: 1, parameters: [{ anyOf: [{ required: { table: { anyOf: ['string', { each: 'any' }] }, values: 'any' }, optional: { from: 'any', where: 'any', returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] } } }, { required: { from: 'any', values: 'any' }, optional: { table: 'any', where: 'any', returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] } } }] }] },
        remove: { least: 1, parameters: [{ anyOf: [{ required: { table: { anyOf: ['string', { each: 'any' }] } }, optional: { returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] }, from: 'any', where: 'any' } }, { required: { from: 'any' }, optional: { returning: { anyOf: [{ texts: ['*'] }, { list: 'any' }] }, table: 'any', where: 'any' } }] }] },
        createPgStatement: { least: 1, parameters: ['any', 'any'] },
        createMySQLStatement: { least: 1, parameters: ['any', 'any'] },
        sql: { least: 1, parameters: ['any'], takesRest: true },
        toJsonObject: { least: 1, parameters: ['any'] },
        typeHint: {
          members: {
            DECIMAL: { least: 1, parameters: [{ anyOf: ['string', 'number'] }] },
            JSON: { least: 1, parameters: ['any'] },
            TIMESTAMP: { least: 1, parameters: ['string'] },
            TIME: { least: 1, parameters: ['string'] },
            UUID: { least: 1, parameters: ['string'] },
            DATE: { least: 1, parameters: ['string'] },
          },
        },
        agg: {
          members: {
            max: { least: 1, parameters: ['string'] },
            maxDistinct: { least: 1, parameters: ['string'] },
            min: { least: 1, parameters: ['string'] },
            minDistinct: { least: 1, parameters: ['string'] },
            count: { least: 1, parameters: ['string'] },
            countDistinct: { least: 1, parameters: ['string'] },
            avg: { least: 1, parameters: ['string'] },
            avgDistinct: { least: 1, parameters: ['string'] },
            sum: { least: 1, parameters: ['string'] },
            sumDistinct: { least: 1, parameters: ['string'] },
          },
        },
      },
      types: ['InsertPayload', 'InsertStatement', 'OrderBy', 'RDSAggregatesHelper', 'RDSTypeHintHelper', 'RemovePayload', 'RemoveStatement', 'SQLStatement', 'SelectPayload', 'SelectStatement', 'UpdatePayload', 'UpdateStatement'],
    },
    '@aws-appsync/utils/ai': {
      members: {
        invokeModel: { least: 1, parameters: [{ required: { modelId: 'string', body: 'any' }, optional: { guardrailIdentifier: 'string', guardrailVersion: 'string', guardrailTrace: 'string' } }] },
        converse: { least: 1, parameters: [{ required: { modelId: 'string', messages: { list: 'any' } }, optional: { additionalModelRequestFields: 'any', additionalModelResponseFieldPaths: { list: 'string' }, guardrailConfig: 'any', inferenceConfig: 'any', promptVariables: { list: { each: { required: { text: 'string' }, optional: {} } } }, system: { list: 'any' }, toolConfig: 'any' } }] },
      },
      types: ['ConversePayload', 'InvokePayload'],
    },
  },
} as const;
