import { expect, it, vi } from 'vitest';
import { ProblemIndex } from '../../../../../src/features/problems/plugin/problemIndex';
import { aProblem, InMemoryCatalog } from '../../../../support/inMemoryCatalog';

/** Returns whether anything changed. */
function update(index: ProblemIndex, entityRefs: readonly string[] = refs): boolean {
  const work = index.update({ entityRefs: new Set(entityRefs), files: new Set() });
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const refs = Array.from({ length: 50 }, (_, index) => `user:default/far-${index}`);

it('adds and removes problems without a file', () => {
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

it("doesn't read problems of files for an event without files", () => {
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  const spy = vi.spyOn(catalog, 'getProblems');
  update(index);
  expect(spy.mock.calls).toEqual([[{ withoutFile: true }]]);
});

it("includes a failed source, which events don't name", () => {
  const failed = aProblem({ code: 'source-not-read', file: undefined });
  const catalog = new InMemoryCatalog();
  const index = new ProblemIndex(catalog);
  catalog.update({ problems: [failed] });
  expect(update(index, [])).toBe(true);
  expect([...index.all()]).toEqual([failed]);
});
