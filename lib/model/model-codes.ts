/** Every code that reading templates can give. A `Problem` takes no other. */
import type { CodeSummary } from '../diagnostics';

const reference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

export const modelCodes = [
  { code: 'MAN_UNREADABLE', severity: 'error', summary: 'the path names a cloud assembly, or a CloudFormation or SAM template that parses' },
  { code: 'MAN_RESOURCE', severity: 'error or warning', summary: 'every resource has a "Type" and is written out, not made by `Fn::ForEach`' },
  { code: 'MAN_PROPERTY', severity: 'error', summary: 'properties have the types and values CloudFormation takes, and none that is required is missing', url: `${reference}/AWS_AppSync.html` },
  { code: 'MAN_INTRINSIC', severity: 'error or warning', summary: 'intrinsic functions have a value without AWS', url: `${reference}/intrinsic-function-reference.html` },
  { code: 'MAN_ASSET', severity: 'error', summary: 'the file behind a schema or code location is on disk, and is a single file' },
  { code: 'MAN_HANDLER', severity: 'error', summary: 'a resolver or function has either code with its runtime, or mapping templates', url: `${reference}/aws-resource-appsync-resolver.html` },
  { code: 'MAN_LAMBDA_CODE', severity: 'warning', summary: 'the code of a function that an API calls is on disk' },
  { code: 'MAN_NESTED_STACK', severity: 'warning', summary: 'the template of a nested stack is on disk, and does not contain itself' },
  { code: 'MAN_FOREIGN_API', severity: 'warning', summary: 'the API that a resource belongs to is among the templates' },
  { code: 'MAN_MERGED_API', severity: 'warning', summary: 'an API is not a merged one', url: 'https://docs.aws.amazon.com/appsync/latest/devguide/merged-api.html' },
  {
    code: 'MAN_SAM',
    severity: 'error or warning',
    summary: 'an `AWS::Serverless::GraphQLApi` declares what its resolvers use, and uses what is understood here',
    url: 'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html',
  },
] as const satisfies readonly CodeSummary[];

export type ModelCode = (typeof modelCodes)[number]['code'];
