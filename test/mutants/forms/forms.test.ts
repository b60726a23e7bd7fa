/** Broken projects in every form that people have them in: is the defect told at its line in the author's own file? */
import { cloudFormation } from './cloudformation';
import { findingsIn, sightings } from './form';
import { levelTwo } from './level-two';
import { ours } from './ours';
import { sam } from './sam';
import { sources } from './sources';

describe.each([ours, levelTwo, sam, cloudFormation, sources])('$name', (form) => {
  it('is clean as it should be', () => {
    expect(findingsIn(form.files, form.check)).toEqual([]);
  });

  it('has each defect found in its line, and no other error with it', () => {
    const seen = sightings(form);

    expect(seen.map(({ name, found }) => `${name}: ${found}`)).toEqual(seen.map(({ name, expected }) => `${name}: ${expected}`));
    expect(seen.flatMap(({ name, others }) => others.filter((other) => other.startsWith('error')).map((other) => `${name}: ${other}`))).toEqual([]);
    expect(new Set(seen.map(({ name }) => name)).size).toBe(form.mutants.length);
  });
});
