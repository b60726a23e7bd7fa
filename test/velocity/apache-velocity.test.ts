/** Templates in AppSync's manner, against what Apache Velocity 1.7 (Debian package `velocity`) makes of them. `====` lines separate them in both fixtures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate, renderTemplate, TemplateObject, toJava } from '../../lib/velocity';

const fixture = (name: string) => readFileSync(join(__dirname, '..', 'fixtures', 'velocity', name), 'utf8').replace(/\n+(====\n)?$/, '').split('\n====\n');
const templates = fixture('templates.txt');
const expected = fixture('velocity-1.7.txt');

/** Where we differ on purpose. */
const misses: Readonly<Record<string, { readonly why: string; readonly ours: string }>> = {
  '#return("x") after': { why: '#return is a directive that AppSync adds', ours: 'returned x' },
};

function render(text: string): string {
  const { template, problem } = parseTemplate({ path: 'template.vtl', text });
  if (problem) return '!ERR';
  const args = { id: '42', n: 5, big: 12345678901, d: 1.5, s: 'Hello, World', list: ['a', 'b', 'c'], input: { title: 'T', nul: null }, flag: true };
  const util = new TemplateObject({ qr: () => '', quiet: () => '', isNull: (value = null) => value === null, defaultIfNull: (value = null, fallback = null) => value ?? fallback });
  const rendering = renderTemplate(template, { util, ctx: toJava({ args, stash: {} }) });
  return rendering.kind === 'text' ? rendering.text : `returned ${rendering.value}`;
}

test('the fixtures hold as many outputs as templates', () => {
  expect(templates).toHaveLength(47);
  expect(expected).toHaveLength(templates.length);
});

test.each(templates.map((template, i) => [template, expected[i] ?? ''] as const))('renders as Apache Velocity: %j', (template, output) => {
  const miss = misses[template];
  const theirs = output.startsWith('!ERR') ? '!ERR' : output;

  expect(render(template)).toBe(miss ? miss.ours : theirs);
  if (miss) expect(miss.ours).not.toBe(theirs);
});

test('differs from Apache Velocity on two templates at most', () => {
  expect(Object.keys(misses).length).toBeLessThanOrEqual(2);
  expect(Object.keys(misses).filter((template) => !templates.includes(template))).toEqual([]);
});
