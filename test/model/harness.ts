/** Templates and cloud assemblies in a temporary folder, and the few resources every API needs. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import { DiagnosticError } from '../../lib/diagnostics';
import { type ApiModel, type Assembly, readApis, type ReadApisOptions } from '../../lib/model';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'appsync-model-')));
  folders.push(folder);
  return folder;
}

/** Writes files, by path below one temporary folder. @returns the folder */
export function files(contents: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Reads one template text as `Shop.yaml`. */
export function readTemplate(text: string, options?: ReadApisOptions): Assembly {
  return readApis(join(files({ 'Shop.yaml': text }), 'Shop.yaml'), options);
}

/** An API of the resources given, which name it by `!GetAtt Api.ApiId`; `sections` go beside `Resources`. */
export function apiTemplate(resources: string, sections = ''): string {
  return `${sections}\nResources:\n  Api:\n    Type: AWS::AppSync::GraphQLApi\n    Properties: { Name: shop, AuthenticationType: AWS_IAM }\n${indented(resources)}`;
}

/** What an expression evaluates to, seen through the name of a data source. */
export function evaluated(expression: string, sections = '', options?: ReadApisOptions): { value: string | undefined; problems: string[] } {
  const assembly = readTemplate(apiTemplate(`Source:\n  Type: AWS::AppSync::DataSource\n  Properties:\n    ApiId: !GetAtt Api.ApiId\n    Type: NONE\n    Name: ${expression}`, sections), options);
  return { value: onlyApi(assembly).dataSources[0]?.name, problems: messages(assembly) };
}

export function onlyApi(assembly: Assembly): ApiModel {
  expect(assembly.apis).toHaveLength(1);
  return assembly.apis[0]!;
}

/** `severity CODE: message` of every diagnostic. */
export function messages({ diagnostics }: Pick<Assembly, 'diagnostics'>): string[] {
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

/** The diagnostics an unreadable input throws. */
export function refusal(path: string) {
  try {
    readApis(path);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error(`${path} was read`);
}

/** Synthesizes an app in process. @returns the assembly folder */
export function synth(build: (app: App) => void, props: AppProps = {}): string {
  // CDK's own template validation takes seconds to start, and is not what is tested.
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ outdir: temporaryFolder(), ...props });
  build(app);
  return app.synth().directory;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
