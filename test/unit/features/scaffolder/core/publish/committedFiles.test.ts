import { expect, it } from 'vitest';
import { MemoryWorkspace } from '../../../../../../src/features/scaffolder/core';
import { committedFiles } from '../../../../../../src/features/scaffolder/core/publish/publishStep';
import { NotAllowedError } from '../../../../../../src/features/scm/core/forgeFiles';

function committed(files: Readonly<Record<string, string>>, folder = ''): readonly string[] {
  const workspace = new MemoryWorkspace('/tmp/task');
  for (const [path, text] of Object.entries(files)) workspace.writeFile(path, text);
  return committedFiles(workspace, folder).map(({ path }) => path);
}

it('returns all files of a folder, with relative paths', () => {
  expect(committed({ 'a/x': '', 'a/b/y': '', 'c/z': '', '.git/config': '' }, 'a')).toEqual([
    'x',
    'b/y',
  ]);
});

it('omits files ignored by the nearest .gitignore', () => {
  const files = {
    '.gitignore': '*.log\n/dist/\n!kept.log\n',
    'a.log': '',
    'kept.log': '',
    'dist/kept.log': '',
    'src/dist/x': '',
    'src/.gitignore': '!b.log\n',
    'src/a.log': '',
    'src/b.log': '',
  };
  expect([...committed(files)].sort()).toEqual([
    '.gitignore',
    'kept.log',
    'src/.gitignore',
    'src/b.log',
    'src/dist/x',
  ]);
});

it('rejects a nested repository', () => {
  expect(() => committed({ 'a/.git/config': '' }, 'a')).toThrow(NotAllowedError);
});
