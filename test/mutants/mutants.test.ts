/**
 * Broken APIs, each with one defect that AWS refuses or that surprises later: is it found, by the right rule, at the right place?
 * The table of those that are not is printed; with `MUTANTS=all` that of all of them.
 */
import { apiMutants } from './api';
import { authorizationMutants } from './authorization';
import { documentMutants } from './documents';
import { filterMutants } from './filters';
import { Hunt, type Trial } from './hunt';
import { mappingTemplateMutants } from './mapping-templates';
import { requestMutants } from './requests';
import { resolverCodeMutants } from './resolver-code';
import { schemaMutants } from './schema';

const groups = [...schemaMutants, ...authorizationMutants, ...filterMutants, ...resolverCodeMutants, ...mappingTemplateMutants, ...apiMutants, ...requestMutants, ...documentMutants];

/** `area | name | expected | found`, and behind it what follows from the defect, and what is wrong with the twin. */
function tableOf(trials: readonly Trial[]): string {
  const rows = trials.map(({ area, name, expected, found, others, twin }) => [
    ...[area, name, expected, found === expected ? 'the same' : found],
    ...(others.length > 0 ? [`then ${others.join(', ')}`] : []),
    ...(twin.length > 0 ? [`twin: ${twin.join(', ')}`] : []),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ').trimEnd()).join('\n');
}

it('finds the one defect of each mutant, and nothing in its twin', () => {
  using hunt = new Hunt();
  const trials = groups.flatMap((group) => [...hunt.trials(group)]);
  const missed = trials.filter(({ expected, found }) => expected !== found);
  const unclean = trials.filter(({ twin }) => twin.length > 0);
  const printed = process.env.MUTANTS === 'all' ? trials : trials.filter((trial) => missed.includes(trial) || unclean.includes(trial));
  if (printed.length > 0) process.stdout.write(`${tableOf(printed)}\n${trials.length - missed.length} of ${trials.length} mutants found\n`);

  expect(unclean).toEqual([]);
  expect(trials.length).toBeGreaterThanOrEqual(150);
  expect(missed.length).toBeLessThanOrEqual(trials.length * 0.01);
  expect(new Set(trials.map(({ name }) => name)).size).toBe(trials.length);
});
