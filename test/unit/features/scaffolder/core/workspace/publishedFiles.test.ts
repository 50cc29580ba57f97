import { expect, it } from 'vitest';
import { MemoryWorkspace, publishedFiles } from '../../../../../../src/features/scaffolder/core';
import { NotAllowedError } from '../../../../../../src/features/scm/core/forgeFiles';
import { textsOf } from '../../../../../support/templateRuns';

it('omits the repository at the root, as Backstage does', () => {
  const workspace = new MemoryWorkspace('/tmp/task');
  for (const path of ['.git/config', '.gitignore', '.github/ci.yml', 'git/a']) {
    workspace.writeFile(path, path);
  }
  expect(Object.keys(textsOf(publishedFiles(workspace))).sort()).toEqual([
    '.github/ci.yml',
    '.gitignore',
    'git/a',
  ]);
});

it.each([
  'a/.git/hooks/post-checkout',
  'a/.git',
  '.GIT/config',
  '.Git/config',
  '.git./config',
  '.git /config',
  '.git. . /config',
  'GIT~1/config',
  'a/git~2/config',
  '.g\u200cit/config',
  'a\\.git\\config',
  '.git::$INDEX_ALLOCATION/config',
])('rejects a repository whose programs git would run: %s', path => {
  const workspace = new MemoryWorkspace('/tmp/task');
  workspace.writeFile(path, '');
  expect(() => publishedFiles(workspace)).toThrow(NotAllowedError);
});
