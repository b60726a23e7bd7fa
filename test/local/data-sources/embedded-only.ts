import { dynamoDbEndpoint } from './tables-fixture';

/** `it` for what only the embedded engine does, and for the texts of DynamoDB where DynamoDB Local has its own. */
export const itEmbedded = dynamoDbEndpoint === undefined ? it : it.skip;
