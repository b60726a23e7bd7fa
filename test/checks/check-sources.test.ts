import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { checkSources } from '../../lib/checks';

describe('checkSources', () => {
  const dir = mkdtempSync(join(tmpdir(), 'check-sources-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  const handler = 'export function request() { return {}; }\nexport function response(ctx: { result: unknown }) { return ctx.result; }\n';
  beforeAll(() => {
    write('schema.graphql', 'type Query { ping: Int pong: Int }');
    write('broken.graphql', 'type Query { ping: Missing }');
    write('good/Query.ping.ts', handler);
    write('good/Query.pong/1-read.ts', handler);
    write('bad/Query.pin.ts', handler);
    write('bad/Basket.items/1-read.ts', handler);
    write('bad/Query.pong.ts', 'export const request = (');
  });
  afterAll(() => rmSync(dir, { recursive: true }));
  const found = (schema: string, resolvers?: string) =>
    checkSources([join(dir, schema)], resolvers === undefined ? undefined : join(dir, resolvers)).map(({ code, message, location }) => ({ code, message, file: location && relative(dir, location.file) }));

  it('finds nothing in a schema and its resolvers that are in order', () => {
    expect(found('schema.graphql', 'good')).toEqual([]);
  });

  it('needs no resolvers, and asks no field for one', () => {
    expect(found('schema.graphql')).toEqual([]);
  });

  it('reports files and folders that are named after no field, and code that does not compile', () => {
    expect(found('schema.graphql', 'bad')).toMatchObject([
      { code: 'RES_FIELD', message: 'resolver Query.pin is named after field "pin", which "Query" does not have', file: join('bad', 'Query.pin.ts') },
      { code: 'RES_FIELD', message: 'resolver Basket.items is named after type "Basket", which the schema does not have', file: join('bad', 'Basket.items', '1-read.ts') },
      { code: 'RES_BUNDLE', file: join('bad', 'Query.pong.ts') },
    ]);
  });

  it('does not hold a broken schema against the resolvers', () => {
    expect(found('broken.graphql', 'bad').map(({ code }) => code)).toEqual(['SDL_UNKNOWN_TYPE', 'RES_BUNDLE']);
  });

  it('checks handlers under other names, and leaves every other module alone', () => {
    write('other/lookup.js', handler.replace(': { result: unknown }', ''));
    write('other/todos/Query.getTodo.[todos] 100%25.ts', `import { util } from '@aws-appsync/utils';\nconst request = () => [...new Date()];\nconst response = () => util.nope();\nexport { request, response };\n`);
    write('other/todos/get.test.js', handler.replace(': { result: unknown }', '').replace('return {}', 'throw 1'));
    write('other/lambda/index.js', 'export const request = async () => { throw 1 };\nmodule.exports = {};');
    write('other/channel.js', 'export const onPublish = { request() { throw 1 }, response() {} };');
    const file = join('other', 'todos', 'Query.getTodo.[todos] 100%25.ts');
    expect(found('schema.graphql', 'other')).toEqual([
      { code: 'RES_NEW', message: '"new Date" is not available', file },
      { code: 'RES_HELPER', message: '"util" has no member "nope"', file },
    ]);
  });

  it('finds nothing in the templates of other tools, whatever data source they are for', () => {
    write('vtl/Query.ping.request.vtl', '{ "version": "2018-05-29", "operation": "BatchInvoke", "payload": $util.toJson($ctx) }');
    write('vtl/list-pongs-response.vtl', '#if($ctx.error)$util.error($ctx.error.message, $ctx.error.type)#end\n$util.toJson($ctx.result.items)');
    write('vtl/before.vtl', '$util.qr($ctx.stash.put("now", $util.time.nowISO8601()))\n{}');
    write('vtl/functions/http/call.req.vtl', '{ "method": "POST", "resourcePath": "/x", "params": {} }');
    write('vtl/node_modules/other/index.vtl', '#if(');
    expect(found('schema.graphql', 'vtl')).toEqual([]);
  });

  it('reports mapping templates that AppSync refuses', () => {
    write('vtl-bad/Query.ping.request.vtl', '{ "version": "2018-02-29", "operation": "GetItems" }');
    write('vtl-bad/steps/save.res.vtl', '#if($ctx.error)\n$util.toJson($ctx.result)');
    write('vtl-bad/steps/save.req.vtl', '$utils.toJSON($ctx.args)');
    expect(found('schema.graphql', 'vtl-bad')).toEqual([
      { code: 'RES_VTL_SYNTAX', message: '"#if" has no "#end"', file: join('vtl-bad', 'steps', 'save.res.vtl') },
      { code: 'RES_VTL_UTIL', message: '"$utils" has no member "toJSON"', file: join('vtl-bad', 'steps', 'save.req.vtl') },
      { code: 'RES_VTL_VERSION', message: 'AppSync has no template version "2018-02-29"', file: join('vtl-bad', 'Query.ping.request.vtl') },
      { code: 'RES_VTL_OPERATION', message: 'AppSync has no operation "GetItems"', file: join('vtl-bad', 'Query.ping.request.vtl') },
    ]);
  });

  it('reports schema paths that lead nowhere', () => {
    expect(found('none.graphql')).toEqual([{ code: 'SDL_NO_FILE', message: `schema path "${relative(process.cwd(), join(dir, 'none.graphql'))}" does not exist`, file: undefined }]);
  });
});
