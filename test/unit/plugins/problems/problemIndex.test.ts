import { expect, it, vi } from 'vitest';
import { ProblemIndex } from '../../../../src/plugins/problems/problemIndex';
import { aProblem, InMemoryCatalog } from '../../../support/inMemoryCatalog';

const refs = Array.from({ length: 50 }, (_, index) => `user:default/far-${index}`);

it('takes up what no file holds, and what of it is gone', () => {
  const problems = refs.map(entityRef => aProblem({ entityRef, file: undefined }));
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  catalog.update({ problems });
  expect(index.update({ entityRefs: new Set(refs), files: new Set() })).toBe(true);
  expect([...index.all()]).toEqual(problems);
  catalog.update({ problems: [] });
  expect(index.update({ entityRefs: new Set(refs), files: new Set() })).toBe(true);
  expect([...index.all()]).toEqual([]);
  expect(index.update({ entityRefs: new Set(refs), files: new Set() })).toBe(false);
});

it('asks once for all refs that nothing declares', () => {
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  const asked = vi.spyOn(catalog, 'getProblems');
  index.update({ entityRefs: new Set(refs), files: new Set() });
  expect(asked).toHaveBeenCalledTimes(1);
});
