/** Measures handlers in this process, what is compared taking turns. Prints microseconds per round as JSON. Give the folder of velocityjs. */
import { createLibrary } from '../../lib/local/builtins';
import { createEvaluator, type InvocationContext } from '../../lib/local/evaluator';
import { parseTemplate, renderTemplate, TemplateObject, toJava } from '../../lib/velocity';
import { type Input, inputOf, resolverCode, resultOf } from './resolver';
import { argumentsOf, templateText } from './template';

/** Microseconds of each measurement, one per round. */
export type Measurements = Readonly<Record<'plainPair' | 'sandboxPair' | 'peerTemplate' | 'template' | 'templateRequest', number[]>>;

interface Velocity {
  parse(text: string): unknown;
  readonly Compile: new (tree: unknown) => { render(context: unknown): string };
}

const info = { fieldName: 'putPost', parentTypeName: 'Mutation', variables: {}, selectionSetList: [], selectionSetGraphQL: '' };
const contextOf = ({ args, identity }: Pick<Input, 'args' | 'identity'> | { args: Record<string, unknown>; identity: null }): InvocationContext =>
  ({ args, identity, source: null, request: { headers: { host: 'localhost', 'x-api-key': 'k' }, domainName: null }, info, env: {} }) as InvocationContext;

/** The very handlers as functions of this realm, with the same built-ins: what calling them costs without a sandbox. */
function plainHandlers(): { request(ctx: unknown): unknown; response(ctx: unknown): unknown } {
  const run = { identity: null, fieldName: '', parentTypeName: '', responseHeaders: {}, invalidations: [], evictions: [], subscriptionFilter: null, invalidationFilter: null, end: undefined, appendError: () => undefined, log: () => undefined };
  const { util } = createLibrary({ now: Date.now, current: () => run }).globals;
  const body = resolverCode.replace(/^import .*\n/, '').replace(/export /g, '');
  return new Function('util', `${body}; return { request, response };`)(util) as ReturnType<typeof plainHandlers>;
}

function sandboxPair(): (i: number) => unknown {
  const evaluator = createEvaluator({ now: Date.now });
  const code = evaluator.load({ kind: 'APPSYNC_JS', code: { path: 'resolver.js', text: resolverCode } });
  return (i) => {
    const invocation = evaluator.begin(contextOf(inputOf(i)));
    const request = invocation.run(code, 'request', {});
    const response = invocation.run(code, 'response', { result: resultOf(i) });
    return [valueOf(request.outcome), valueOf(response.outcome)];
  };
}

function templateRequest(): (i: number) => unknown {
  const evaluator = createEvaluator({ now: Date.now });
  const code = evaluator.load({ kind: 'VTL', request: { path: 'request.vtl', text: templateText } });
  return (i) => valueOf(evaluator.begin(contextOf({ args: argumentsOf(i), identity: null })).run(code, 'request', {}).outcome);
}

/** Rendering alone, as the peer does: a tree that is parsed once, and the few helpers that the template calls. */
function template(): (i: number) => unknown {
  const { template: parsed } = parseTemplate({ path: 'request.vtl', text: templateText });
  if (!parsed) throw new Error('the template does not parse');
  const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries([...value].map(([key, member]) => [key, plain(member)])) : value);
  const util = new TemplateObject({
    qr: () => '',
    defaultIfNull: (value, otherwise) => value ?? otherwise ?? null,
    toJson: (value) => JSON.stringify(plain(value)),
    dynamodb: new TemplateObject({ toDynamoDB: (value) => toJava(typed(value)), toDynamoDBJson: (value) => JSON.stringify(typed(value)) }),
  });
  return (i) => {
    const rendering = renderTemplate(parsed, { ctx: toJava({ args: argumentsOf(i), stash: {} }), util });
    return rendering.kind === 'text' ? JSON.parse(rendering.text) : rendering;
  };
}

function peerTemplate(folder: string): (i: number) => unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parse, Compile } = require(folder) as Velocity;
  const tree = parse(templateText);
  const util = {
    qr: () => '',
    defaultIfNull: (value: unknown, otherwise: unknown) => value ?? otherwise,
    toJson: (value: unknown) => JSON.stringify(value),
    dynamodb: { toDynamoDB: typed, toDynamoDBJson: (value: unknown) => JSON.stringify(typed(value)) },
  };
  return (i) => JSON.parse(new Compile(tree).render({ ctx: { args: argumentsOf(i), stash: {} }, util }));
}

function typed(value: unknown): Record<string, unknown> {
  return typeof value === 'number' ? { N: value } : { S: value };
}

function valueOf(outcome: { readonly kind: string }): unknown {
  if (!('value' in outcome)) throw new Error(`a handler failed: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

function plainPair(): (i: number) => unknown {
  const { request, response } = plainHandlers();
  return (i) => {
    const ctx = { ...contextOf(inputOf(i)), stash: {}, prev: undefined };
    return [request(ctx), response({ ...ctx, result: resultOf(i) })];
  };
}

/** Microseconds per call. */
function measure(call: (i: number) => unknown, forMs: number): number {
  const started = performance.now();
  let calls = 0;
  while (performance.now() - started < forMs) for (const end = calls + 100; calls < end; calls++) call(calls);
  return ((performance.now() - started) / calls) * 1_000;
}

const [velocity = '', rounds = '7', forMs = '400'] = process.argv.slice(2);
const calls = { plainPair: plainPair(), sandboxPair: sandboxPair(), peerTemplate: peerTemplate(velocity), template: template(), templateRequest: templateRequest() };
// What is compared must do the same.
for (const [one, other] of [['plainPair', 'sandboxPair'], ['peerTemplate', 'template'], ['template', 'templateRequest']] as const) {
  const [a, b] = [JSON.stringify(calls[one](7)), JSON.stringify(calls[other](7))];
  if (a !== b) throw new Error(`${one} and ${other} give different answers:\n${a}\n${b}`);
}
const measurements = Object.fromEntries(Object.keys(calls).map((name) => [name, [] as number[]])) as Measurements;
for (let round = 0; round <= Number(rounds); round++) {
  for (const [name, call] of Object.entries(calls)) {
    const microseconds = measure(call, Number(forMs));
    // The first round lets the compiler see everything.
    if (round > 0) measurements[name as keyof Measurements].push(microseconds);
  }
}
console.log(JSON.stringify(measurements));
