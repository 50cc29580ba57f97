import { expect, it, vi } from 'vitest';
import { ProblemIndex } from '../../../../src/plugins/problems/problemIndex';
import { aProblem, InMemoryCatalog } from '../../../support/inMemoryCatalog';

/** Whether there was anything to take up. */
function update(index: ProblemIndex): boolean {
  const work = index.update({ entityRefs: new Set(refs), files: new Set() });
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const refs = Array.from({ length: 50 }, (_, index) => `user:default/far-${index}`);

it('takes up what no file holds, and what of it is gone', () => {
  const problems = refs.map(entityRef => aProblem({ entityRef, file: undefined }));
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  catalog.update({ problems });
  expect(update(index)).toBe(true);
  expect([...index.all()]).toEqual(problems);
  catalog.update({ problems: [] });
  expect(update(index)).toBe(true);
  expect([...index.all()]).toEqual([]);
  expect(update(index)).toBe(false);
});

it('asks once for all refs that nothing declares', () => {
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  const asked = vi.spyOn(catalog, 'getProblems');
  update(index);
  expect(asked).toHaveBeenCalledTimes(1);
});
