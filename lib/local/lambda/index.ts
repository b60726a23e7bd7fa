/** Lambda functions on this machine: an assembly's own code, run as Lambda runs it. */
export { LambdaFunctions } from './functions';
export { type FunctionError, type InvocationOutcome, type InvokeFunction, maxEventBytes, maxPayloadBytes } from './invocation';
export { ServiceEndpoint } from './service-endpoint';
export type { ServiceHost } from './service-host';
