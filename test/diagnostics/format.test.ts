import { type Diagnostic, DiagnosticError, formatDiagnostic, formatDiagnostics, invariant } from '../../lib/diagnostics';

const cwd = '/app';
const lineText = '  onMessage(roomId: ID!): Message @aws_subscribe(mutations: ["sendMessage"])';
const argument: Diagnostic = {
  code: 'SDL_SUBSCRIPTION_ARG',
  severity: 'error',
  message: 'argument "roomId" of Subscription.onMessage is not a field of "Message"',
  location: { file: '/app/schema/chat.graphql', line: 14, column: 13, length: 6, lineText },
  notes: [{ message: '"Message" has the fields: id, room, body', location: { file: '/app/schema/chat.graphql', line: 6, column: 1 } }, { message: 'and no others' }],
  fix: 'rename the argument to "room"',
  url: 'https://example.com/why',
};
const onResource: Diagnostic = { code: 'API_KEY_EXPIRES', severity: 'warning', message: '100%, it: expires', notes: [], resource: { templatePath: '/app/cdk.out/Chat.template.json', logicalId: 'Key' } };

function at(file: string, line: number, column: number, code = 'SDL_INVALID'): Diagnostic {
  return { code, severity: 'error', message: 'm', location: { file, line, column }, notes: [] };
}

describe('formatDiagnostic', () => {
  it('draws the place, the line, notes, the fix and the reason', () => {
    expect(formatDiagnostic(argument, cwd)).toBe(
      [
        'schema/chat.graphql:14:13 - error SDL_SUBSCRIPTION_ARG: argument "roomId" of Subscription.onMessage is not a field of "Message"',
        '',
        ' 14 |   onMessage(roomId: ID!): Message @aws_subscribe(mutations: ["sendMessage"])',
        '    |             ^^^^^^',
        '',
        '    schema/chat.graphql:6:1  "Message" has the fields: id, room, body',
        '    and no others',
        'fix: rename the argument to "room"',
        'why: https://example.com/why',
      ].join('\n'),
    );
  });

  it('names the resource when no file is at fault, and nothing when there is neither', () => {
    expect(formatDiagnostic(onResource, cwd)).toBe('cdk.out/Chat.template.json#Key - warning API_KEY_EXPIRES: 100%, it: expires');
    expect(formatDiagnostic({ ...onResource, resource: undefined }, cwd)).toBe('warning API_KEY_EXPIRES: 100%, it: expires');
  });

  it('keeps names that are no absolute paths, and leads out of the working directory', () => {
    expect(formatDiagnostic(at('Shop.template.json#Resolver', 1, 2), cwd)).toBe('Shop.template.json#Resolver:1:2 - error SDL_INVALID: m');
    expect(formatDiagnostic(at('/other/a.graphql', 1, 2), cwd)).toBe('../other/a.graphql:1:2 - error SDL_INVALID: m');
  });

  it('cuts a minified line to a window around the column', () => {
    const long = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
    const [, , shown = '', marker = ''] = formatDiagnostic({ ...at('/app/a.js', 1, 501), location: { file: '/app/a.js', line: 1, column: 501, length: 1, lineText: long } }, cwd).split('\n');

    expect(shown).toHaveLength(' 1 | '.length + 120);
    expect(shown[marker.indexOf('^')]).toBe('X');
  });

  it('does not underline past the line, and keeps the marker below a tabbed column', () => {
    const [, , shown, marker] = formatDiagnostic({ ...at('/app/a.js', 7, 2), location: { file: '/app/a.js', line: 7, column: 2, length: 99, lineText: '\tfoo' } }, cwd).split('\n');

    expect([shown, marker]).toEqual([' 7 |  foo', '   |  ^^^']);
  });

  it('marks one character at the end of a line', () => {
    const [, , , marker] = formatDiagnostic({ ...at('/app/a.js', 1, 4), location: { file: '/app/a.js', line: 1, column: 4, lineText: 'foo' } }, cwd).split('\n');

    expect(marker).toBe('   |    ^');
  });
});

describe('formatDiagnostics', () => {
  it('sorts by file, then line, column and code, whatever the order found', () => {
    const found = [at('/app/b.graphql', 1, 1), at('/app/a.graphql', 10, 1), at('/app/a.graphql', 9, 5), at('/app/a.graphql', 9, 4), at('/app/a.graphql', 9, 4, 'SDL_AAA')];

    expect(formatDiagnostics(found, { cwd }).split('\n\n')).toEqual([
      'a.graphql:9:4 - error SDL_AAA: m',
      'a.graphql:9:4 - error SDL_INVALID: m',
      'a.graphql:9:5 - error SDL_INVALID: m',
      'a.graphql:10:1 - error SDL_INVALID: m',
      'b.graphql:1:1 - error SDL_INVALID: m',
    ]);
  });

  it('shows 50, and counts the rest', () => {
    const found = Array.from({ length: 62 }, (_, i) => at('/app/a.graphql', i + 1, 1));
    const blocks = formatDiagnostics(found, { cwd }).split('\n\n');

    expect(blocks).toHaveLength(51);
    expect(blocks.at(-1)).toBe('… and 12 more');
  });

  it('gives an empty report of each format for no diagnostics', () => {
    expect(formatDiagnostics([], { cwd })).toBe('');
    expect(formatDiagnostics([], { cwd, format: 'github' })).toBe('');
    expect(JSON.parse(formatDiagnostics([], { cwd, format: 'json' }))).toEqual({ diagnostics: [] });
    expect(JSON.parse(formatDiagnostics([], { cwd, format: 'sarif' }))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  });

  it('gives scripts one flat object for each', () => {
    expect(JSON.parse(formatDiagnostics([argument, onResource], { cwd, format: 'json' }))).toEqual({
      diagnostics: [
        { code: 'API_KEY_EXPIRES', severity: 'warning', message: '100%, it: expires', file: 'cdk.out/Chat.template.json', line: null, column: null, fix: null },
        { code: 'SDL_SUBSCRIPTION_ARG', severity: 'error', message: argument.message, file: 'schema/chat.graphql', line: 14, column: 13, fix: 'rename the argument to "room"' },
      ],
    });
  });

  it('escapes what workflow commands keep for themselves', () => {
    const odd = at('/app/a,b.graphql', 3, 4);

    expect(formatDiagnostics([{ ...odd, fix: 'do it' }, onResource], { cwd, format: 'github' }).split('\n')).toEqual([
      '::error file=a%2Cb.graphql,line=3,col=4,title=SDL_INVALID::m%0Afix: do it',
      '::warning file=cdk.out/Chat.template.json,title=API_KEY_EXPIRES::100%25, it: expires',
    ]);
  });

  it('gives code scanning a SARIF log whose places are URIs', () => {
    const spaced = { ...at('/app/my schema#1.graphql', 3, 4), url: 'https://example.com/why' };
    const [run] = JSON.parse(formatDiagnostics([spaced, spaced, onResource], { cwd, format: 'sarif' })).runs;

    expect(run.tool.driver).toEqual({ name: 'appsync-local', rules: [{ id: 'API_KEY_EXPIRES' }, { id: 'SDL_INVALID', helpUri: 'https://example.com/why' }] });
    expect(run.results[0]).toEqual({ ruleId: 'API_KEY_EXPIRES', level: 'warning', message: { text: '100%, it: expires' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'cdk.out/Chat.template.json' } } }] });
    expect(run.results[1].locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'my%20schema%231.graphql' }, region: { startLine: 3, startColumn: 4 } } }]);
  });
});

describe('DiagnosticError', () => {
  it('carries every problem and prints each as one line', () => {
    const error = new DiagnosticError([argument, onResource]);

    expect(error.diagnostics).toEqual([argument, onResource]);
    expect(error.message).toBe(`SDL_SUBSCRIPTION_ARG: ${argument.message}\nAPI_KEY_EXPIRES: 100%, it: expires`);
  });
});

describe('invariant', () => {
  it('asks for a report of what must not happen', () => {
    expect(() => invariant(true, 'never')).not.toThrow();
    expect(() => invariant(undefined, 'no type')).toThrow('no type; this is a bug in cdk-enterprise-appsync: please report it with the input');
  });
});
