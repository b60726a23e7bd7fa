/**
 * APIs of shapes that many teams deploy: nothing in them is refused by AppSync, so nothing in them may be reported as if it were.
 * That silence counts only if all of it was looked at, so each is shown again with a defect in every part.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkAssembly, checkSources } from '../../lib/checks';
import { parseHandler, readRequests } from '../../lib/compiler';
import { type Diagnostic, formatDiagnostics, type SourceFile } from '../../lib/diagnostics';
import { type ApiModel, type HandlerModel, readApis } from '../../lib/model';

const folder = join(__dirname, 'templates');
const june2026 = Date.UTC(2026, 5, 1);
const shapes = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** Honest warnings: the shape is common, AppSync takes it, and it still surprises. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  // The API that merges is left out; its source is checked.
  'merged-source.yaml': ['MAN_MERGED_API'],
};

/** What there is to look at: a shape that is half read would check clean as well. */
const contents: Readonly<Record<string, string>> = {
  'amplify-gen2.yaml': '5 resolvers, 5 functions, 2 codes, 16 templates, 0 table requests in code',
  'amplify-generated.yaml': '5 resolvers, 6 functions, 1 codes, 20 templates, 0 table requests in code',
  'aws-services.yaml': '4 resolvers, 0 functions, 3 codes, 2 templates, 0 table requests in code',
  'bedrock.yaml': '4 resolvers, 0 functions, 4 codes, 0 templates, 0 table requests in code',
  'chat.yaml': '7 resolvers, 0 functions, 6 codes, 2 templates, 3 table requests in code',
  'cognito-groups.yaml': '4 resolvers, 0 functions, 2 codes, 4 templates, 2 table requests in code',
  'databases.yaml': '4 resolvers, 0 functions, 3 codes, 2 templates, 0 table requests in code',
  'federated.yaml': '5 resolvers, 0 functions, 2 codes, 0 templates, 0 table requests in code',
  'iot.yaml': '5 resolvers, 0 functions, 1 codes, 4 templates, 1 table requests in code',
  'lambda-batch.yaml': '7 resolvers, 0 functions, 3 codes, 4 templates, 0 table requests in code',
  'merged-source.yaml': '6 resolvers, 0 functions, 3 codes, 2 templates, 2 table requests in code',
  'offline-sync.yaml': '5 resolvers, 0 functions, 2 codes, 6 templates, 2 table requests in code',
  'pipeline-vtl.yaml': '5 resolvers, 2 functions, 0 codes, 14 templates, 0 table requests in code',
  'relay.yaml': '6 resolvers, 0 functions, 6 codes, 0 templates, 6 table requests in code',
  'requirements-vtl.yaml': '2 resolvers, 0 functions, 0 codes, 4 templates, 0 table requests in code',
  'sam-orders.yaml': '2 resolvers, 4 functions, 6 codes, 0 templates, 2 table requests in code',
  'sam-pipeline.yaml': '2 resolvers, 3 functions, 4 codes, 0 templates, 2 table requests in code',
  'search.yaml': '4 resolvers, 0 functions, 3 codes, 2 templates, 0 table requests in code',
  'serverless-plugin.yaml': '4 resolvers, 2 functions, 3 codes, 6 templates, 1 table requests in code',
  'single-table.yaml': '8 resolvers, 0 functions, 7 codes, 2 templates, 8 table requests in code',
};

function handlersOf({ resolvers, functions }: ApiModel): readonly HandlerModel[] {
  return [...resolvers, ...functions].map(({ handler }) => handler);
}

/** Distinct texts: one file may serve several resolvers, and is checked once. */
function codesOf(api: ApiModel): readonly SourceFile[] {
  const codes = handlersOf(api).flatMap((handler) => (handler.kind === 'APPSYNC_JS' ? [handler.code] : []));
  return [...new Map(codes.map((code) => [code.text, code])).values()];
}

function templatesOf(api: ApiModel): readonly SourceFile[] {
  return handlersOf(api).flatMap((handler) => (handler.kind === 'VTL' ? [handler.request ?? [], handler.response ?? []].flat() : []));
}

function contentsOf(api: ApiModel): string {
  const codes = codesOf(api);
  const requests = codes.flatMap((code) => readRequests(parseHandler(code))?.requests ?? []);
  return `${api.resolvers.length} resolvers, ${api.functions.length} functions, ${codes.length} codes, ${templatesOf(api).length} templates, ${requests.length} table requests in code`;
}

function withDefects(api: ApiModel): ApiModel {
  const broken = (file: SourceFile | undefined, defect: string) => file && { ...file, text: `${file.text}\n${defect}\n` };
  const inHandler = <T extends { readonly handler: HandlerModel }>(owner: T): T => {
    const { handler } = owner;
    if (handler.kind === 'APPSYNC_JS') return { ...owner, handler: { ...handler, code: broken(handler.code, 'while (false) {}') } };
    if (handler.kind === 'VTL') return { ...owner, handler: { ...handler, ...(handler.request ? { request: broken(handler.request, '#end') } : {}), ...(handler.response ? { response: broken(handler.response, '#end') } : {}) } };
    return owner;
  };
  const [schema, ...others] = api.schema;
  return { ...api, schema: [broken(schema, 'extend type Query { defect: String @aws_subscribe(mutations: []) }')!, ...others], resolvers: api.resolvers.map(inHandler), functions: api.functions.map(inHandler) };
}

function ofCode(code: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.filter((finding) => finding.code === code);
}

describe.each(shapes)('%s', (name) => {
  const assembly = readApis(join(folder, name));

  test('checks clean', () => {
    const found = checkAssembly(assembly, { nowMs: june2026 });

    expect(found.filter(({ severity }) => severity === 'error').map((finding) => formatDiagnostics([finding], { cwd: folder }))).toEqual([]);
    expect(found.map(({ code }) => code)).toEqual(warnings[name] ?? []);
  });

  test('has all of its parts looked at', () => {
    expect(assembly.apis.map(contentsOf)).toEqual([contents[name]]);
    const [api] = assembly.apis;

    const found = checkAssembly({ ...assembly, apis: [withDefects(api!)] }, { nowMs: june2026 });

    expect(ofCode('RES_LOOP', found)).toHaveLength(codesOf(api!).length);
    expect(ofCode('RES_VTL_SYNTAX', found)).toHaveLength(templatesOf(api!).length);
    expect(ofCode('SDL_SUBSCRIBE_PLACE', found)).toHaveLength(1);
    expect(ofCode('API_FIELD_UNANSWERED', found)).toHaveLength(1);
  });
});

test('a schema and resolvers as Terraform uploads them check clean', () => {
  const bare = join(__dirname, 'bare', 'terraform');

  expect(checkSources([join(bare, 'schema.graphql')], join(bare, 'resolvers')).map((finding) => formatDiagnostics([finding], { cwd: bare }))).toEqual([]);
  // Against another schema, each file is told to answer nothing.
  expect(ofCode('RES_FIELD', checkSources([join(folder, 'sam-orders', 'schema.graphql')], join(bare, 'resolvers')))).toHaveLength(4);
});
