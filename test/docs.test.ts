/** What the pages under `docs/` say is still true: codes, paths, links and snippets. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'graphql';
import ts from 'typescript';
import { checkExample, placeOf } from '../bin/docs/check-example';
import { markedPlaces } from '../bin/docs/example';
import { allCodes, codesWithExample, diagnosticsFile, diagnosticsPage, exampleOf, missingExamples } from '../bin/write-docs';
import type { Diagnostic } from '../lib/diagnostics';

const root = resolve(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`)].filter((path) => path.endsWith('.md') && !path.startsWith('docs/diagnostics/'));

describe('docs/diagnostics.md', () => {
  /** Lists of codes; elsewhere a code stands where it is used. */
  const lists = ['lib/model/model-codes.ts', 'lib/local/local-codes.ts', 'lib/constructs/construct-codes.ts'];
  const sources = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !lists.includes(path))
    .map(read);

  const rows = new Map([...read(diagnosticsFile).matchAll(/^\| \[`(\w+)`\]\(#\w+\) \| ([a-z ]+) \|/gm)].map(([, code = '', severity = '']) => [code, severity]));

  /** Codes that take a thousand lines, a missing file, or this machine to show; the first paragraph of their file says how they arise. */
  const unshown = ['SDL_NO_FILE', 'RES_FOLDER_MISSING', 'RES_SIZE', 'API_SCHEMA_SIZE', 'API_TEMPLATE_SIZE', 'API_STACK_RESOURCES', 'API_STACK_OUTPUTS', 'API_STACK_SIZE', 'MAN_UNREADABLE'];
  const isShown = (code: string) => !code.startsWith('RUN_') && !unshown.includes(code);
  const findings = new Map<string, readonly Diagnostic[]>();

  test('has an example of each code, and of no other', () => {
    expect(missingExamples()).toEqual([]);
    expect(codesWithExample().sort()).toEqual(allCodes.map(({ code }) => code).sort());
  });

  test.each(codesWithExample().filter(isShown))('%s: the bad example gives it at the marked line and nothing else, the good one nothing', (code) => {
    const { common, bad, good } = exampleOf(code)!;
    expect(bad).not.toEqual([]);

    const found = checkExample([...common, ...bad]);
    findings.set(code, found);
    expect(found.map((finding) => finding.code)).toEqual(found.map(() => code));
    expect([...new Set(found.flatMap((finding) => placeOf(finding, [...common, ...bad]) ?? []))]).toEqual(markedPlaces([...common, ...bad]));
    expect(found.length).toBeGreaterThan(0);
    expect(checkExample([...common, ...good]).map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
  });

  test.each(codesWithExample().filter((code) => !isShown(code)))('%s: tells how it arises', (code) => {
    const { prose, bad } = exampleOf(code)!;
    expect(prose).toMatch(/^Arises when .+\.$/s);
    expect(bad).toEqual([]);
  });

  test('is what `npm run docs` writes', () => {
    expect(read(diagnosticsFile)).toBe(diagnosticsPage((code, { common, bad }) => findings.get(code) ?? checkExample([...common, ...bad])));
  });

  test('lists the codes that lib gives, and no others', () => {
    const quoted = sources.flatMap((text) => [...text.matchAll(/['"`]((?:SDL|RES|API|MAN|RUN)_[A-Z_]+)['"`]/g)].map(([, code = '']) => code));
    const isAuthorizationMode = (code: string) => code === 'API_KEY';
    expect([...new Set(quoted)].filter((code) => !isAuthorizationMode(code)).sort()).toEqual([...rows.keys()].sort());
  });

  test('gives the severity that lib gives to codes kept in lists', () => {
    const given = new Map<string, Set<string>>();
    for (const text of sources) {
      for (const [, code = '', severity] of text.matchAll(/code: '((?:MAN|RUN)_\w+)',\s*(severity(?:: '\w+')?)?/g)) {
        // No severity is an error; one that is passed on may be either.
        const severities = severity === undefined ? ['error'] : severity === 'severity' ? ['error', 'warning'] : [severity.slice(11, -1)];
        given.set(code, new Set([...(given.get(code) ?? []), ...severities]));
      }
    }
    expect(given.size).toBeGreaterThan(10);
    for (const [code, severities] of given) expect(`${code} ${[...severities].sort().join(' or ')}`).toBe(`${code} ${rows.get(code)}`);
  });
});

describe('docs/fidelity.md', () => {
  const rows = read('docs/fidelity.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| behaviour'))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));

  test('says of each behaviour whether it is the same, differs or is absent, and how we know', () => {
    expect(rows.length).toBeGreaterThan(50);
    const malformed = rows.filter(([behaviour, status = '', , , basis = '', ...rest]) => !behaviour || rest.length > 0 || !['same', 'differs', 'absent'].includes(status) || !/^(Source|Observed|Assumed)(, (Source|Observed|Assumed))*$/.test(basis));
    expect(malformed).toEqual([]);
  });

  test('shows each behaviour by a test, and says what differs', () => {
    const unexplained = rows.filter(([, status, note, shownBy]) => (status === 'differs' && !note) || (status !== 'absent' && !shownBy));
    expect(unexplained).toEqual([]);
  });

  test('names tests that exist', () => {
    const named = rows.flatMap(([behaviour, , , shownBy = '']) => shownBy.split(', ').filter(Boolean).map((path) => ({ behaviour, path: path.replaceAll('`', '') })));
    expect(named.filter(({ path }) => !path.startsWith('test/') || !existsSync(join(root, path)))).toEqual([]);
  });
});

describe.each(['data-sources', 'authorization'])('docs/%s.md', (index) => {
  test('links to each page of its folder', () => {
    const linked = [...read(`docs/${index}.md`).matchAll(/\]\(([^)\s#]+)\)/g)].map(([, target]) => target);
    expect(readdirSync(join(root, 'docs', index)).filter((name) => !linked.includes(`${index}/${name}`))).toEqual([]);
  });
});

/** Names that GitHub gives to the headings of a page, and those that the page gives itself. */
function anchorsOf(page: string): ReadonlySet<string> {
  const text = read(page).replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
  return new Set([...headings, ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name)]);
}

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const snippets = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', code = '']) => ({ language, code }));
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');

  test('has no broken relative link', () => {
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^(https?:|mailto:|#)/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target.replace(/#.*$/, ''))))).toEqual([]);
  });

  test('has no link to a heading that is not there', () => {
    const targets = [...prose.matchAll(/\]\(([^)\s]*#[^)\s]*)\)/g)].map(([, target = '']) => target).filter((target) => !/^https?:/.test(target));
    expect(targets.filter((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return !anchorsOf(path === '' ? page : join(dirname(page), path)).has(anchor);
    })).toEqual([]);
  });

  test('names files of this repository that exist', () => {
    const paths = [...text.matchAll(/(?<![\w./-])((?:lib|bin|test|bench|docs|schema)\/[\w./-]*\.(?:ts|mjs|cjs|md|json|graphql))(?![\w/])/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  // Examples of diagnostics are checked above, and need not parse.
  if (page === diagnosticsFile) return;
  test('has snippets that parse', () => {
    for (const { language, code } of snippets) {
      if (language === 'graphql') expect(() => parse(code)).not.toThrow();
      else if (language === 'ts' || language === 'js') {
        const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: `snippet.${language}`, compilerOptions: { target: ts.ScriptTarget.ESNext } });
        expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
      }
    }
  });
});
