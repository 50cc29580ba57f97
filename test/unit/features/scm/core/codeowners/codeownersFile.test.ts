import { describe, expect, it } from 'vitest';
import {
  ownersOfPath,
  pathFor,
  readCodeownersFile,
} from '../../../../../../src/features/scm/core/codeowners';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const root = fileUri('/work');

async function ownersOf(
  files: Readonly<Record<string, string>>,
  host?: string,
): Promise<readonly string[] | undefined> {
  const fileSystem = new InMemoryFileSystem(files);
  const file = await readCodeownersFile(root, { fileSystem, host });
  const path = file && pathFor(file, fileUri('/work/docs/a.md'));
  return file && ownersOfPath(file.rules, path ?? '').owners;
}

describe('CODEOWNERS file', () => {
  const everywhere = {
    '/work/.github/CODEOWNERS': '* @github',
    '/work/CODEOWNERS': '* @root',
    '/work/docs/CODEOWNERS': '* @docs',
    '/work/.gitlab/CODEOWNERS': '* @gitlab',
  };

  it("is found in GitHub's locations", async () => {
    expect(await ownersOf(everywhere)).toEqual(['@github']);
    expect(await ownersOf({ ...everywhere, '/work/.github/CODEOWNERS': '' })).toEqual([]);
    expect(await ownersOf({ '/work/docs/CODEOWNERS': '* @docs' })).toEqual(['@docs']);
  });

  it("of a GitLab project is found in GitLab's locations", async () => {
    expect(await ownersOf(everywhere, 'https://gitlab.com/acme/shop')).toEqual(['@root']);
    expect(await ownersOf({ '/work/.gitlab/CODEOWNERS': '[A] @a\n*.md' })).toEqual(['@a']);
  });

  it('with sections is GitLab\u2019s, unless the host is known to be another', async () => {
    const files = { '/work/CODEOWNERS': '* @all\n[Docs] @docs\n*.md' };
    expect(await ownersOf(files)).toEqual(['@all', '@docs']);
    expect(await ownersOf(files, 'https://github.com/acme/shop')).toEqual([]);
  });

  it('is ignored if it is too large or a link out of the repository', async () => {
    expect(await ownersOf({ '/work/CODEOWNERS': '#'.repeat(3 * 1024 * 1024 + 1) })).toBeUndefined();
    const fileSystem = new InMemoryFileSystem({ '/secret': '* @x' });
    fileSystem.link('/work/CODEOWNERS', '/secret');
    expect(await readCodeownersFile(root, { fileSystem, host: undefined })).toBeUndefined();
  });
});
