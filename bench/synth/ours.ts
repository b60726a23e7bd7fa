/** The generated API with this library. Run as `node ours.js PROJECT OUTDIR STACKS`, in a process of its own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Authorization, DynamoTableSource, EnterpriseGraphqlApi } from '../../lib';
import { printPhases } from './phases';

const loaded = performance.now();
const [project = '', outdir, stacks] = process.argv.slice(2);
const resolvers = join(project, 'resolvers');

const app = new App({ outdir });
const stack = new Stack(app, 'Bench');
const api = new EnterpriseGraphqlApi(stack, 'Api', {
  schema: join(project, 'schema.graphql'),
  resolvers,
  defaultAuthorization: Authorization.iam(),
  ...(Number(stacks) > 0 && { resolverStacks: { count: Number(stacks) } }),
});
const items = new DynamoTableSource(api, 'Items', { partitionKey: 'id', indexes: { byTenant: { partitionKey: 'tenant', sortKey: 'id' } } });
for (const file of readdirSync(resolvers)) if (/^\w+\.\w+\.ts$/.test(file)) items.resolve(file.slice(0, -'.ts'.length));
const constructed = performance.now();

app.synth();
printPhases(loaded, constructed);
