import { checkApi, checkAssembly, checkRules } from '../../lib/checks';
import type { Diagnostic } from '../../lib/diagnostics';
import type { Assembly } from '../../lib/model';
import { apiModel, ref, resolver } from './fixtures';

const assembly = (changes: Partial<Assembly>): Assembly => ({ apis: [], tables: [], userPools: [], diagnostics: [], ...changes });
const finding: Diagnostic = { code: 'RES_UNATTACHED', severity: 'error', message: 'Query.old.ts is attached to nothing', notes: [], resource: ref('Api') };
const short = ({ code, message, resource, location }: Diagnostic) => ({ code, message, resource: resource?.logicalId, ...(location ? { at: `${location.line}:${location.column}` } : {}) });

describe('checkApi', () => {
  it('says nothing of the schema of an API that has none', () => {
    expect(checkApi(apiModel({ schema: [], schemaResource: undefined }))).toEqual([]);
  });

  it('reports SDL findings on the schema resource, without what only follows from them', () => {
    const schema = [{ path: '/app/schema.graphql', text: 'type Query { pong: Missing also: Missing }' }];

    expect(checkApi(apiModel({ schema })).map(short)).toEqual([
      { code: 'SDL_UNKNOWN_TYPE', message: 'unknown type "Missing"', resource: 'ApiSchema', at: '1:20' },
      { code: 'SDL_UNKNOWN_TYPE', message: 'unknown type "Missing"', resource: 'ApiSchema', at: '1:34' },
    ]);
  });

  it('reports what the schema and the resources are guilty of together, and what the constructs met', () => {
    const schema = [{ path: '/app/schema.graphql', text: 'scalar Money\ntype Query { ping: String pong: Money }' }];

    expect(checkApi(apiModel({ schema, findings: [finding] })).map(({ code }) => code)).toEqual(['RES_UNATTACHED', 'SDL_CUSTOM_SCALAR', 'API_FIELD_UNANSWERED']);
  });

  it('checks the code of handlers, the same code once', () => {
    const code = (path: string, text: string) => ({ kind: 'APPSYNC_JS', code: { path, text } }) as const;
    const wrong = 'export function request() { throw 1; }\nexport function response() { return null; }\n';
    const resolvers = [resolver('Query.ping', { handler: code('/app/a.js', wrong) }), resolver('Query.ping', { handler: code('/app/b.js', wrong), resource: ref('Second') })];

    const found = checkApi(apiModel({ resolvers })).filter((d) => d.code.startsWith('RES_'));

    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ resource, location }) => [resource?.logicalId, location?.file])).toEqual(found.map(() => ['QuerypingResolver', '/app/a.js']));
  });
});

describe('findings in a module that several resolvers bundle', () => {
  const source = 'export const stamp = () => Date.now();';
  const bundle = (name: string) => {
    const text = `${source.replace('export ', '')}\nexport const request = () => ({ payload: stamp('${name}') });\nexport const response = () => null;\n`;
    const sourceMap = JSON.stringify({ version: 3, sources: ['/app/resolvers/clock.ts'], sourcesContent: [source], names: [], mappings: 'AAAO' });
    return { kind: 'APPSYNC_JS', code: { path: `/app/cdk.out/${name}.js`, text }, sourceMap } as const;
  };
  const inClock = (resolvers: readonly string[]) =>
    checkApi(apiModel({ resolvers: resolvers.map((name) => resolver('Query.ping', { handler: bundle(name), resource: ref(name) })) })).filter(({ code }) => code === 'RES_GLOBAL');

  it('are given once, for the first of them, with their number', () => {
    expect(inClock(['a', 'b', 'c']).map(({ resource, location, notes }) => [resource?.logicalId, location?.file, notes.at(-1)?.message])).toEqual([
      ['a', '/app/resolvers/clock.ts', '3 resolvers and functions of the API "Shop" run this code'],
    ]);
  });

  it('count a resolver with the very same code', () => {
    expect(inClock(['a', 'a', 'b']).map(({ notes }) => notes.at(-1)?.message)).toEqual(['3 resolvers and functions of the API "Shop" run this code']);
  });

  it('say nothing of numbers where one resolver runs the code', () => {
    expect(inClock(['a'])).toMatchObject([{ notes: [] }]);
  });
});

describe('checkAssembly', () => {
  it('finds nothing in an empty assembly', () => {
    expect(checkAssembly(assembly({}))).toEqual([]);
  });

  it('gives the problems of reading first', () => {
    const reading: Diagnostic = { code: 'MAN_INTRINSIC', severity: 'warning', message: 'cannot evaluate Fn::ImportValue', notes: [] };

    expect(checkAssembly(assembly({ diagnostics: [reading], apis: [apiModel({ findings: [finding] })] }))).toEqual([reading, finding]);
  });

  it('gives a finding in a schema file that two APIs share once, and findings of two resources twice', () => {
    const schema = [{ path: '/app/schema.graphql', text: 'scalar Money\ntype Query { ping: Int }' }];
    const resolvers = [resolver('Query.ping', { dataSourceName: 'Gone' })];
    const other = [resolver('Query.ping', { dataSourceName: 'Gone', resource: ref('Other') })];

    const found = checkAssembly(assembly({ apis: [apiModel({ schema, resolvers }), apiModel({ schema, schemaResource: ref('OtherSchema'), resolvers: other })] }));

    expect(found.map(short)).toEqual([
      { code: 'SDL_CUSTOM_SCALAR', message: 'AppSync has no custom scalars, so "Money" cannot be defined', resource: 'ApiSchema', at: '1:8' },
      { code: 'API_DATA_SOURCE', message: 'resolver of Query.ping names data source "Gone", which the API "Shop" does not have', resource: 'QuerypingResolver' },
      { code: 'API_DATA_SOURCE', message: 'resolver of Query.ping names data source "Gone", which the API "Shop" does not have', resource: 'Other' },
    ]);
  });
});

describe('checkRules', () => {
  it('lists each code once, with a law and the page that states it', () => {
    const codes = checkRules.map(({ code }) => code);

    expect(codes).toEqual([...new Set(codes)]);
    expect(codes).toEqual(expect.arrayContaining(['SDL_SYNTAX', 'SDL_UNKNOWN_TYPE', 'SDL_EMPTY_TYPE', 'API_FIELD_UNANSWERED', 'API_KEY_EXPIRES', 'RES_FIELD', 'RES_BUNDLE']));
    expect(checkRules.filter(({ code, summary, url }) => !/^(SDL|API|RES)_[A-Z_]+$/.test(code) || !/^\S.*[^.]$/.test(summary) || (url !== undefined && !url.startsWith('https://')))).toEqual([]);
  });

  it('holds plain data', () => {
    expect(JSON.parse(JSON.stringify(checkRules))).toEqual(checkRules);
  });
});
