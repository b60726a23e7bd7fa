/** `ApiModel`: a whole API as plain data, read from any synthesized template. The waist of the hourglass. */
export type * from './api-model';
export { modelCodes } from './model-codes';
export { matchesPolicyPattern } from './policy-pattern';
export { readApis, type ReadApisOptions } from './read-apis';
export { SourcePlaces } from './source-places';
