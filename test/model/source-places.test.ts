import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SourcePlaces } from '../../lib/model';

const folder = mkdtempSync(join(tmpdir(), 'source-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const shown = (place: { file: string; line: number; column: number } | undefined) => place && `${place.file.slice(folder.length + 1)}:${place.line}:${place.column}`;

describe('a template written by hand', () => {
  const template = file(
    'template.yaml',
    `# Resources:
Parameters:
  Orders: { Type: String }
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: |
        type Query {
          a: Int
        }
      DataSources:
        DynamoDb:
          Orders: { TableName: !Ref Orders }
      Functions:
        getOrder:
          InlineCode: |
            export const request = 1;
      Resolvers:
        Query:
          order: { Pipeline: [getOrder] }
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties:
      Definition: !Sub |

        type Query {
          a: Int
        }
  Folded:
    Type: AWS::AppSync::Resolver
    Properties:
      Code: >-
        export const request = 1;
      RequestMappingTemplate: |-
        #if($a)
        {}
`,
  );
  const places = new SourcePlaces();
  const textAt = (part: string, line: number, column: number) => shown(places.ofText({ file: `${template}#${part}`, line, column }));

  test('has a resource at its name', () => {
    expect(places.ofResource({ templatePath: template, logicalId: 'Orders' })).toEqual({ file: template, line: 5, column: 3, length: 6, lineText: '  Orders:' });
  });

  test('has what SAM makes at the resource it is made of', () => {
    const at = (logicalId: string) => shown(places.ofResource({ templatePath: template, logicalId }));

    expect(at('ApiQueryorder')).toBe('template.yaml:23:11');
    expect(at('ApigetOrder')).toBe('template.yaml:18:9');
    expect(at('ApiOrdersDynamoDBDataSource')).toBe('template.yaml:16:11');
    expect(at('ApiSchema')).toBe('template.yaml:10:7');
    expect(at('ApiWhatever')).toBe('template.yaml:7:3');
  });

  test('knows nothing of a resource it does not hold', () => {
    expect(places.ofResource({ templatePath: template, logicalId: 'Nothing' })).toBeUndefined();
    expect(places.ofResource({ templatePath: join(folder, 'gone.yaml'), logicalId: 'Orders' })).toBeUndefined();
  });

  test('has each line of a literal block on a line of its own', () => {
    expect(textAt('ApiSchema', 2, 3)).toBe('template.yaml:12:11');
    expect(textAt('ApigetOrder', 1, 8)).toBe('template.yaml:20:20');
    expect(textAt('Schema', 3, 3)).toBe('template.yaml:30:11');
    expect(textAt('Folded.RequestMappingTemplate', 1, 1)).toBe('template.yaml:38:9');
  });

  test('leaves places of other texts, and of files, as they are', () => {
    expect(textAt('Folded', 1, 14)).toBe('template.yaml#Folded:1:14');
    expect(textAt('Nothing', 1, 1)).toBe('template.yaml#Nothing:1:1');
    expect(shown(places.ofText({ file: join(folder, 'a.ts'), line: 3, column: 1 }))).toBe('a.ts:3:1');
  });

  test('tells no line when all of it is one', () => {
    const minified = file('minified.json', '{"Resources":{"Orders":{"Type":"AWS::SNS::Topic"}}}');
    expect(places.ofResource({ templatePath: minified, logicalId: 'Orders' })).toBeUndefined();
    expect(shown(places.ofResource({ templatePath: file('pretty.json', JSON.stringify({ Resources: { Orders: {} } }, null, 2)), logicalId: 'Orders' }))).toBe('pretty.json:3:5');
  });
});

describe('an assembly of the CDK', () => {
  mkdirSync(join(folder, 'cdk.out'));
  const stack = file('stack.ts', '// a stack\nnew Topic(this);\n');
  file('cdk.out/manifest.json', JSON.stringify({ artifacts: { A: { type: 'aws:cloudformation:stack', additionalMetadataFile: 'A.metadata.json' }, B: { type: 'aws:cloudformation:stack', metadata: { '/B/Topic': made('Twice', ['(/gone.ts:1:1)']) } } } }));
  file('cdk.out/A.metadata.json', JSON.stringify({ '/A/Topic': made('Twice', ['...new Topic in aws-cdk-lib...', 'lib (/app/node_modules/lib/index.js:1:1)', `new Shop (${stack}:2:5)`]), '/A/Nested/Topic': made('Once', [`<anonymous> (file://${stack}:1:1)`]) }));
  const template = file('cdk.out/A.template.json', JSON.stringify({ Resources: { Twice: { Metadata: { 'aws:cdk:path': 'A/Topic' } }, Once: {} } }, null, 1));
  const other = file('cdk.out/B.template.json', '{}');
  const places = new SourcePlaces();

  function made(logicalId: string, calls: readonly string[]): object[] {
    return [{ type: 'aws:cdk:logicalId', data: logicalId }, { type: 'aws:cdk:creationStack', data: calls }];
  }

  test('has a resource at the innermost call of the author', () => {
    expect(places.ofResource({ templatePath: template, logicalId: 'Twice' })).toEqual({ file: stack, line: 2, column: 5, length: 1, lineText: 'new Topic(this);' });
  });

  test('finds a resource without a path by its logical id, unless two have it', () => {
    expect(shown(places.ofResource({ templatePath: template, logicalId: 'Once' }))).toBe('stack.ts:1:1');
    expect(places.ofResource({ templatePath: other, logicalId: 'Twice' })).toBeUndefined();
  });

  test('is told from a folder of other files', () => {
    expect(places.isSynthesized(template)).toBe(true);
    expect(places.isSynthesized(join(folder, 'A.template.json'))).toBe(false);
  });
});

describe('a text that the CDK copied', () => {
  const project = mkdtempSync(join(folder, 'project-'));
  const inProject = (name: string, text: string) => {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    return file(join(project.slice(folder.length + 1), name), text);
  };
  inProject('cdk.json', '{}');
  const app = inProject('bin/app.js', 'new Resolver({ code: `\n  inline();\n  inline(2);\n` });\ntwice(); twice();\n');
  inProject('cdk.out/cdk.out', '{}');
  inProject('cdk.out/manifest.json', JSON.stringify({ artifacts: { A: { type: 'aws:cloudformation:stack', metadata: {} } } }));
  inProject('resolvers/a.js', '// of a\nfirst();\n');
  inProject('resolvers/b.js', '// of b\nfirst();\n');
  inProject('copies/one.js', 'same();\n');
  inProject('copies/two.js', 'same();\n');
  inProject('resolvers/blank.js', '\n');
  inProject('node_modules/lib/c.js', '// of c\nfirst();\n');
  const template = inProject(
    'cdk.out/A.template.json',
    JSON.stringify({ Resources: { Inline: { Properties: { Code: '\n  inline();\n  inline(2);\n' } }, Twice: { Properties: { Code: 'twice();' } }, Template: { Properties: { RequestMappingTemplate: '// of b\nfirst();\n' } } } }),
  );
  const made = { file: app, line: 1, column: 1 };
  const places = new SourcePlaces();
  const origin = (path: string, line = 2, column = 3) => shown(places.ofText({ file: path, line, column, length: 5 }, made))?.slice(project.length - folder.length);
  const copy = (name: string, text: string) => inProject(`cdk.out/${name}`, text);

  test('is told in the one file of the project that holds it', () => {
    expect(origin(copy('asset.1.js', '// of b\nfirst();\n'))).toBe('resolvers/b.js:2:3');
    expect(origin(`${template}#Template.RequestMappingTemplate`)).toBe('resolvers/b.js:2:3');
  });

  test('is told in the app where it is written out there', () => {
    expect(origin(`${template}#Inline`, 3, 10)).toBe('bin/app.js:3:10');
    expect(places.ofText({ file: `${template}#Inline`, line: 2, column: 3, length: 6 }, made)).toEqual({ file: app, line: 2, column: 3, length: 6, lineText: '  inline();' });
  });

  test.each([
    ['two files hold', copy('asset.2.js', 'same();\n'), 1],
    ['stands twice in the app', `${template}#Twice`, 1],
    ['is of an installed package', copy('asset.3.js', '// of c\nfirst();\n'), 2],
    ['is nothing but a line break, as any file may be', copy('asset.6.js', '\n'), 1],
    ['was bundled', copy('asset.4.js', 'var x = 1;\n'), 1],
  ])('stays where it is when it %s', (_, path, line) => {
    expect(places.ofText({ file: path, line, column: 1 }, made)).toEqual({ file: path, line, column: 1 });
  });

  test('stays where it is when nothing tells who made it', () => {
    const location = { file: copy('asset.5.js', '// of b\nfirst();\n'), line: 1, column: 1 };

    expect(places.ofText(location)).toBe(location);
  });
});
