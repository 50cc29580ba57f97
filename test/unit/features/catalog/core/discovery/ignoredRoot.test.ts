import { expect, test } from 'vitest';
import { FileSelector } from '../../../../../../src/features/catalog/core/discovery/fileSelector';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../../support/testClock';

test('applies only its own rules in a folder that its repository ignores', async () => {
  const selector = new FileSelector({
    root: 'file:///repo/generated',
    repository: 'file:///repo',
    fileSystem: new InMemoryFileSystem({
      '/repo/.gitignore': 'generated/\n*.yml\n',
      '/repo/generated/.gitignore': 'draft.yaml\n',
      '/repo/generated/a.yaml': '',
      '/repo/generated/b.yml': '',
      '/repo/generated/draft.yaml': '',
    }),
    options: { include: ['**/*.{yaml,yml}'], exclude: [] },
  });

  const files: string[] = [];
  await selector.findFiles([selector.selection.root], {
    clock: new TestClock(),
    onFile: uri => files.push(uri),
  });

  expect(files.sort()).toEqual(['file:///repo/generated/a.yaml', 'file:///repo/generated/b.yml']);
  expect(await selector.selects('file:///repo/generated/b.yml')).toBe(true);
});
