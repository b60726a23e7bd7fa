import type { ApiFinding, ApiRule } from './api-rule';

const detections = ['VERSION', 'NONE'];
const handlers = ['OPTIMISTIC_CONCURRENCY', 'AUTOMERGE', 'LAMBDA', 'NONE'];

/** `ConflictDetection: NONE` asks for nothing, and stands anywhere. */
export const conflictDetectionIsForVersionedTables: ApiRule = {
  code: 'API_SYNC_CONFIG',
  severity: 'error',
  summary: 'conflict detection stands where the data source is a versioned table, and the handler LAMBDA names its function',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/conflict-detection-and-resolution.html',
  *check({ api, isKnown }) {
    for (const user of [...api.resolvers, ...api.functions]) {
      const { sync, dataSourceName, resource } = user;
      if (!sync) continue;
      const name = 'name' in user ? `function "${user.name}"` : `the resolver of ${user.typeName}.${user.fieldName}`;
      const texts = [['ConflictDetection', sync.conflictDetection, detections] as const, ['ConflictHandler', sync.conflictHandler, handlers] as const];
      for (const [property, value, known] of texts)
        if (value !== undefined && !known.includes(value) && isKnown(value)) yield { resource, message: `"${property}" of ${name} is "${value}"`, fix: `use one of ${known.join(', ')}` };
      if (sync.conflictDetection === 'NONE') continue;
      const source = api.dataSources.find((candidate) => candidate.name === dataSourceName);
      const findings: ApiFinding[] = [];
      if (source && !(source.type === 'AMAZON_DYNAMODB' && source.versioned))
        findings.push({ message: `${name} detects conflicts, but data source "${source.name}" is no versioned table`, fix: 'set "Versioned" and "DeltaSyncConfig" of the data source, or remove "SyncConfig"' });
      if (sync.conflictHandler === 'LAMBDA' && sync.lambdaConflictHandlerArn === undefined)
        findings.push({ message: `${name} hands conflicts to a Lambda function, but names none`, fix: 'add "LambdaConflictHandlerConfig" with the ARN of the function' });
      for (const finding of findings) yield { resource, ...finding };
    }
  },
};
