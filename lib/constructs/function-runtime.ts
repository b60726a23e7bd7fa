/** What the Lambda functions of this package run on. */
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The newest Node.js that Lambda has, with the longest support ahead; compliance rules ask for it. Code is bundled for Node 20 and later. */
export const functionRuntime = lambda.Runtime.NODEJS_24_X;
