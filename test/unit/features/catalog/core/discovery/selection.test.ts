import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultCatalogOptions } from '../../../../../../src/features/catalog/core';
import { FileSelector } from '../../../../../../src/features/catalog/core/discovery/fileSelector';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../../support/testClock';

/*
 * Finding all files and checking a single one apply the same rules in two ways: they agree on every
 * folder tree and every set of `.gitignore` files.
 */

const segment = fc.constantFrom('a', 'b', 'c.yaml', 'd.yml', 'e.txt', 'node_modules', '.git');
const file = fc.array(segment, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'));
const rule = fc.constantFrom(
  '*.yaml',
  '!c.yaml',
  '/a',
  'a/',
  '!a/',
  'b/c.yaml',
  '!b/c.yaml',
  '**/d.yml',
  'a/**',
  '/root/a/*',
  '# a comment',
);
const rules = fc.array(rule, { minLength: 1, maxLength: 3 }).map(lines => `${lines.join('\n')}\n`);
const ignoreFile = fc.tuple(
  fc.constantFrom(
    '/',
    '/repo/',
    '/repo/root/',
    '/repo/root/a/',
    '/repo/root/a/b/',
    '/repo/root/b/',
  ),
  rules,
);

it('finds exactly the files that it selects one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 12 }),
      fc.array(ignoreFile, { maxLength: 4 }),
      fc.constantFrom('file:///repo', undefined),
      async (files, ignoreFiles, repository) => {
        const fileSystem = new InMemoryFileSystem();
        for (const path of files) {
          const isFree = !fileSystem
            .paths()
            .some(
              p =>
                `${p}/`.startsWith(`/repo/root/${path}/`) ||
                `/repo/root/${path}/`.startsWith(`${p}/`),
            );
          if (isFree) fileSystem.write(`/repo/root/${path}`, '');
        }
        for (const [folder, text] of ignoreFiles) {
          const isFree = !fileSystem.paths().some(p => folder.startsWith(`${p}/`));
          if (isFree) fileSystem.write(`${folder}.gitignore`, text);
        }
        const root = 'file:///repo/root';
        const selection = { root, repository, options: defaultCatalogOptions };
        const selector = (): FileSelector => new FileSelector({ ...selection, fileSystem });
        const found: string[] = [];
        await selector().findFiles([root], {
          clock: new TestClock(),
          onFile: uri => found.push(uri),
        });
        const selected: string[] = [];
        for (const path of fileSystem.paths()) {
          if (await selector().selects(fileUri(path))) selected.push(fileUri(path));
        }
        expect(found.sort()).toEqual(selected.sort());
      },
    ),
    { numRuns: 400, seed: 20240607 },
  );
});

it('detects symbolic links below its root', async () => {
  const fileSystem = new InMemoryFileSystem({
    '/real/a.yaml': '',
    '/real/dir/b.yaml': '',
    '/secret/c.yaml': '',
  });
  fileSystem.link('/root', '/real');
  fileSystem.link('/real/link.yaml', '/secret/c.yaml');
  fileSystem.link('/real/inside.yaml', 'a.yaml');
  fileSystem.link('/real/folder', '/secret');
  const selector = new FileSelector({
    fileSystem,
    root: fileUri('/root'),
    repository: undefined,
    options: defaultCatalogOptions,
  });
  const isBehindLink = (path: string): Promise<boolean> =>
    selector.isBehindLink(fileUri(`/root/${path}`));
  for (const path of ['a.yaml', 'dir', 'dir/b.yaml', 'new.yaml', 'gone/new.yaml']) {
    expect({ path, is: await isBehindLink(path) }).toEqual({ path, is: false });
  }
  for (const path of ['link.yaml', 'inside.yaml', 'folder', 'folder/c.yaml', 'folder/new.yaml']) {
    expect({ path, is: await isBehindLink(path) }).toEqual({ path, is: true });
  }
});
