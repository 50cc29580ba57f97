import { expect, it } from 'vitest';
import type { TaskFile } from '../../../../../../src/features/scaffolder/core';
import {
  changedSince,
  type FileUpdate,
} from '../../../../../../src/features/scaffolder/core/drift';
import { InMemoryOutputFolder } from '../../../../../support/inMemoryOutputFolder';

const fileOf = (text: string | undefined): TaskFile | undefined =>
  text === undefined ? undefined : { content: new TextEncoder().encode(text), isExecutable: false };

const updateOf = (
  path: string,
  state: FileUpdate['state'],
  [mine, result]: readonly [string?, string?],
): FileUpdate => ({
  path,
  state,
  base: undefined,
  next: fileOf(result),
  mine: fileOf(mine),
  result: fileOf(result),
});

const updates = [
  updateOf('updated.md', 'updated', ['old', 'new']),
  updateOf('removed.md', 'removed', ['old']),
  updateOf('sub/added.md', 'added', [undefined, 'new']),
  updateOf('unchanged.md', 'unchanged', ['old']),
];

it('finds no changes in an unchanged project', async () => {
  const output = new InMemoryOutputFolder({ 'updated.md': 'old', 'removed.md': 'old' });
  expect(await changedSince(updates, output)).toEqual([]);
});

it('finds files that were changed, removed or added since and would be changed', async () => {
  const output = new InMemoryOutputFolder({
    'updated.md': 'mine',
    'sub/added.md': 'mine',
    'unchanged.md': 'mine',
  });
  expect(await changedSince(updates, output)).toEqual(['updated.md', 'removed.md', 'sub/added.md']);
});
