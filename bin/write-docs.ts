/** Writes `docs/diagnostics.md` from the codes in `lib` and their examples: `npm run docs`. A test fails when the page is out of date. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppSyncChecks } from '../lib';
import { type CodeSummary, type Diagnostic, formatDiagnostic } from '../lib/diagnostics';
import { localCodes } from '../lib/local';
import { checkExample } from './docs/check-example';
import { type Example, type ExampleFile, parseExample, usualName } from './docs/example';

/** Path of the page from the root of the project. */
export const diagnosticsFile = 'docs/diagnostics.md';
/** Path of the folder with one example file per code, `<CODE>.md`. */
export const examplesFolder = 'docs/diagnostics';

const root = resolve(__dirname, '..');

/** Every code there is, in no order. */
export const allCodes: readonly CodeSummary[] = [...AppSyncChecks.codes, ...localCodes];

/** In the order in which people meet them; a code is of the area with the longest prefix that fits. */
const areas: readonly { readonly prefixes: readonly string[]; readonly title: string; readonly about: string }[] = [
  { prefixes: ['SDL_'], title: 'Schema', about: 'Found in SDL files, before anything is deployed or run.' },
  { prefixes: ['SDL_BASELINE', 'SDL_BREAKING_', 'SDL_DANGEROUS_'], title: 'Schema changes', about: 'Found by `appsync-local diff` and by the prop `schemaBaseline`, which compare a schema with the one that is live.' },
  { prefixes: ['RES_'], title: 'Resolver code', about: 'Found in resolver files and in the bundle AppSync gets; positions are those of your own file.' },
  { prefixes: ['RES_VTL_'], title: 'Mapping templates', about: 'Found in request and response mapping templates, inline or in files.' },
  { prefixes: ['API_'], title: 'API as a whole', about: 'What no single file can show.' },
  { prefixes: ['MAN_'], title: 'CloudFormation templates', about: 'Found while a cloud assembly, CloudFormation or SAM template is read. Warnings say what is not seen or emulated here.' },
  { prefixes: ['RUN_'], title: 'Running locally', about: 'Problems of this machine, told by `appsync-local` and `startLocal`. There is nothing to acknowledge.' },
];

const intro = `<!-- Written by bin/write-docs.ts from docs/diagnostics/; run \`npm run docs\` after changing a code or an example. -->
# Diagnostics

Every code that a synth, \`appsync-local check\` or a local run can report. What stands behind a code is the law: what is true when nothing is wrong.

- \`error\`: AppSync refuses it, or it cannot work. An error fails \`cdk synth\` and makes \`appsync-local check\` exit with 1.
- \`warning\`: it deploys and then surprises, or cannot be seen here. It is printed, and the synth goes on.

A finding that is meant is acknowledged with a reason. Codes are stable: they are part of the public interface.

\`\`\`ts
Validations.of(api).acknowledge({ id: 'AppSync::API_FIELD_UNANSWERED', reason: 'answered by a resolver of the legacy stack' });
\`\`\`

Every example below is checked by a test: the bad one gives the finding that is printed, at the line marked with ←, and the good one gives none.
Parts of a \`template.yaml\` are laid over [this API](diagnostics/sample/template.yaml) ([schema](diagnostics/sample/schema.graphql)): a resource without
\`Type\` changes properties of the one there, and \`null\` takes a property away. Where an example brings a schema, the Lambda function answers its root fields.
`;

/** The example of a code, if it has one. @throws Error when it has another form than an example */
export function exampleOf(code: string): Example | undefined {
  const path = `${examplesFolder}/${code}.md`;
  return existsSync(join(root, path)) ? parseExample(path, readFileSync(join(root, path), 'utf8')) : undefined;
}

/** One sentence for each code without an example: what to write. */
export function missingExamples(): string[] {
  const missing = allCodes.filter(({ code }) => exampleOf(code) === undefined);
  return missing.map(({ code }) => `${code} has no example: write ${examplesFolder}/${code}.md as CONTRIBUTING.md says, then run \`npm run docs\``);
}

/** Codes that have an example file, whether or not they exist. */
export function codesWithExample(): string[] {
  return readdirSync(join(root, examplesFolder)).flatMap((name) => (name.endsWith('.md') ? [name.slice(0, -'.md'.length)] : []));
}

/**
 * The text of the page.
 * @param findingsOf what the bad side of a code's example gives; by default it is checked
 * @throws Error when a code is of no area, or is declared twice
 */
export function diagnosticsPage(findingsOf = (_code: string, { common, bad }: Example): readonly Diagnostic[] => checkExample([...common, ...bad])): string {
  const names = allCodes.map(({ code }) => code);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${twice} is declared twice: give one of the two rules another code`);
  const homeless = names.find((name) => areaOf(name) === undefined);
  if (homeless !== undefined) throw new Error(`${homeless} is of no area: start it with one of ${areas.flatMap(({ prefixes }) => prefixes).join(', ')}`);

  const sections = areas.map((area) => {
    const codes = allCodes.filter(({ code }) => areaOf(code) === area).sort(byCode);
    const table = ['| code | severity | what holds |', '|---|---|---|', ...codes.map(row)].join('\n');
    const entries = codes.map((code) => {
      const example = exampleOf(code.code) ?? { prose: '', common: [], bad: [], good: [] };
      return entry(code, example, example.bad.length > 0 ? findingsOf(code.code, example) : []);
    });
    return [`## ${area.title}\n`, `${area.about}\n`, `${table}\n`, ...entries].join('\n');
  });
  const contents = areas.map(({ title }) => `- [${title}](#${title.toLowerCase().replaceAll(' ', '-')})`).join('\n');
  return [intro, `${contents}\n`, ...sections].join('\n');
}

function row({ code, severity, summary }: CodeSummary): string {
  return `| [\`${code}\`](#${code.toLowerCase()}) | ${severity} | ${plain(summary).replaceAll('|', '\\|')} |`;
}

function entry({ code, severity, summary, url }: CodeSummary, { prose, common, bad, good }: Example, findings: readonly Diagnostic[]): string {
  const law = `*${severity}*: ${plain(summary)}${url === undefined ? '' : ` ([${pageName(url)}](${url}))`}`;
  const examples = bad.length === 0 ? [] : [...blocks(common), 'Bad:', ...blocks(bad), fenced('text', findings.map(printed).join('\n\n')), 'Good:', ...blocks(good)];
  return [`### ${code}`, law, ...(prose === '' ? [] : [prose]), ...examples].map((part) => `${part}\n`).join('\n');
}

/** Files under their names; one alone needs none when its language says it all. */
function blocks(files: readonly ExampleFile[]): string[] {
  return files.map(({ name, language, text }) => (files.length === 1 && name === usualName(language) ? fenced(language, text) : `\`${name}\`\n\n${fenced(language, text)}`));
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** As on the terminal, without the excerpt and the link, which stand above. */
function printed({ location, url: _url, ...diagnostic }: Diagnostic): string {
  return formatDiagnostic({ ...diagnostic, ...(location ? { location: { ...location, lineText: undefined } } : {}) }, root);
}

/** Text in Markdown: angle brackets would be markup. */
function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The last part of the address says enough: `supported-features`, `sec-Type-System`. */
function pageName(url: string): string {
  const { pathname, hash } = new URL(url);
  return (hash.slice(1) || pathname.split('/').filter(Boolean).at(-1) || url).replace(/\.html$/, '');
}

function areaOf(code: string) {
  const fits = areas.flatMap((area) => area.prefixes.filter((prefix) => code.startsWith(prefix)).map((prefix) => ({ area, prefix })));
  return fits.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.area;
}

/** By code unit, so that the page does not depend on the machine's locale. */
function byCode(a: CodeSummary, b: CodeSummary): number {
  return a.code < b.code ? -1 : 1;
}

if (require.main === module) {
  writeFileSync(join(root, diagnosticsFile), diagnosticsPage());
  console.log([`${diagnosticsFile} written`, ...missingExamples()].join('\n'));
}
