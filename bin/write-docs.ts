/** Writes `docs/diagnostics.md` from the codes in `lib`: `npm run docs`. A test fails when the page is out of date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppSyncChecks } from '../lib';
import type { CodeSummary } from '../lib/diagnostics';
import { localCodes } from '../lib/local';

/** Path of the page from the root of the project. */
export const diagnosticsFile = 'docs/diagnostics.md';

/** In the order in which people meet them. */
const areas: readonly { readonly prefix: string; readonly title: string; readonly about: string }[] = [
  { prefix: 'SDL', title: 'Schema', about: 'Found in SDL files, before anything is deployed or run.' },
  { prefix: 'RES', title: 'Resolver code', about: 'Found in resolver files and in the bundle AppSync gets; positions are those of your own file.' },
  { prefix: 'API', title: 'API as a whole', about: 'What no single file can show.' },
  { prefix: 'MAN', title: 'Templates', about: 'Found while a cloud assembly, CloudFormation or SAM template is read. Warnings say what is not seen or emulated here.' },
  { prefix: 'RUN', title: 'Running locally', about: 'Problems of this machine, told by `appsync-local` and `startLocal`. There is nothing to acknowledge.' },
];

const intro = `<!-- Written by bin/write-docs.ts; run \`npm run docs\` after changing a code. -->
# Diagnostics

Every code that a synth, \`appsync-local check\` or a local run can report. The column *what holds* is the law: what is true when nothing is wrong.

- \`error\`: AppSync refuses it, or it cannot work. An error fails \`cdk synth\` and makes \`appsync-local check\` exit with 1.
- \`warning\`: it deploys and then surprises, or cannot be seen here. It is printed, and the synth goes on.

A finding that is meant is acknowledged with a reason. Codes are stable: they are part of the public interface.

\`\`\`ts
Validations.of(api).acknowledge({ id: 'AppSync::API_FIELD_UNANSWERED', reason: 'answered by a resolver of the legacy stack' });
\`\`\`
`;

/** The text of the page. @throws Error when a code is of no area, or is declared twice */
export function diagnosticsPage(): string {
  const codes = [...AppSyncChecks.codes, ...localCodes];
  const names = codes.map(({ code }) => code);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${twice} is declared twice: give one of the two rules another code`);
  const homeless = names.find((name) => !areas.some(({ prefix }) => isOf(prefix, name)));
  if (homeless !== undefined) throw new Error(`${homeless} is of no area: start it with one of ${areas.map(({ prefix }) => `${prefix}_`).join(', ')}`);

  const sections = areas.map(({ prefix, title, about }) => {
    const rows = codes.filter(({ code }) => isOf(prefix, code)).sort(byCode).map(row);
    return [`## ${title}`, '', about, '', '| code | severity | what holds | source |', '|---|---|---|---|', ...rows, ''].join('\n');
  });
  return [intro, ...sections].join('\n');
}

function row({ code, severity, summary, url }: CodeSummary): string {
  return `| \`${code}\` | ${severity} | ${cell(summary)} | ${url === undefined ? '' : `[${pageName(url)}](${url})`} |`;
}

/** Text in a table: bars would end the cell, angle brackets would be markup. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The last part of the address says enough: `supported-features`, `sec-Type-System`. */
function pageName(url: string): string {
  const { pathname, hash } = new URL(url);
  return (hash.slice(1) || pathname.split('/').filter(Boolean).at(-1) || url).replace(/\.html$/, '');
}

function isOf(prefix: string, code: string): boolean {
  return code.startsWith(`${prefix}_`);
}

/** By code unit, so that the page does not depend on the machine's locale. */
function byCode(a: CodeSummary, b: CodeSummary): number {
  return a.code < b.code ? -1 : 1;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '..', diagnosticsFile), diagnosticsPage());
  console.log(`${diagnosticsFile} written`);
}
