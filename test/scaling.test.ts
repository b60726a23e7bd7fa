/** The arithmetic of docs/scaling.md: every formula over the names above it gives the figure beside it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const page = readFileSync(resolve(__dirname, '../docs/scaling.md'), 'utf8');

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

const rows: readonly Row[] = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, name = '', rest = '']) => ({ name, cells: rest.split('|').map((cell) => cell.trim()) }));
const number = (text: string) => Number(text.replaceAll(',', ''));

/** Names and the four operations; anything else is no formula. */
function evaluate(formula: string, names: ReadonlyMap<string, number>): number {
  const arithmetic = formula.replace(/[a-z]\w*/gi, (name) => {
    if (!names.has(name)) throw new Error(`"${name}" is not defined above`);
    return String(names.get(name));
  });
  if (!/^[\d.e+\-*/() ]+$/.test(arithmetic)) throw new Error(`"${formula}" is no formula`);
  return new Function(`return ${arithmetic}`)() as number;
}

const values = new Map<string, number>();
const computed: { name: string; stated: string; value: number; quota: string; share: string }[] = [];
for (const { name, cells } of rows) {
  const [first = '', stated = '', quota = '', share = ''] = cells;
  if (/^[\d.,]+$/.test(first)) values.set(name, number(first));
  else {
    const value = evaluate(first, values);
    values.set(name, value);
    computed.push({ name, stated, value, quota, share });
  }
}

test('the page has its assumptions, rates and costs', () => {
  expect(values.size).toBe(32);
  expect(computed).toHaveLength(21);
});

test.each(computed)('$name is $stated', ({ stated, value }) => {
  const decimals = stated.split('.')[1]?.length ?? 0;

  expect(number(value.toFixed(decimals))).toBe(number(stated));
});

test.each(computed.filter(({ share }) => share.endsWith('%')))('$name takes $share of its quota of $quota', ({ value, quota, share }) => {
  expect(`${Math.round((value / number(quota)) * 100)}%`).toBe(share);
});

test('the figures in the text follow from the assumptions', () => {
  const inText: readonly [formula: string, stated: string][] = [
    ['users / 15', '6,667'],
    ['inbound * 10', '8,333'],
    ['mutations * 10 + queries + starts', '10,167'],
    ['users / 30', '3,333'],
  ];
  for (const [formula, stated] of inText) {
    expect(page).toContain(stated);
    expect(Math.round(evaluate(formula, values))).toBe(number(stated));
  }
  const deliveries = evaluate('updatesCost / cost', values);
  expect(deliveries).toBeGreaterThan(0.7);
  expect(deliveries).toBeLessThan(0.8);
});
