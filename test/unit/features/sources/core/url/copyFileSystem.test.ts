import { expect, it } from 'vitest';
import {
  type CopiedFile,
  CopyFileSystem,
} from '../../../../../../src/features/sources/core/url/urlCopy';

const ROOT = 'callboard-source://a/';

class CountedFiles extends Map<string, CopiedFile> {
  looks = 0;

  override keys(): MapIterator<string> {
    this.looks++;
    return super.keys();
  }
}

function filesOf(...paths: readonly string[]): CountedFiles {
  return new CountedFiles(paths.map(path => [ROOT + path, { text: path, changedAt: 1 }]));
}

it('has the folders of its files', async () => {
  const files = filesOf('b/c/d.yaml', 'a.yaml', 'b.yaml', 'b/a.yaml', 'b-c/x.yaml', 'b/c.yaml');
  const copy = new CopyFileSystem(ROOT, () => files);
  const namesIn = async (path: string): Promise<readonly string[]> =>
    (await copy.readDirectory(ROOT + path)).map(({ name, type }) => `${name} ${type}`).sort();
  expect(await namesIn('')).toEqual(
    ['a.yaml file', 'b directory', 'b-c directory', 'b.yaml file'].sort(),
  );
  expect(await namesIn('b')).toEqual(['a.yaml file', 'c directory', 'c.yaml file']);
  expect(await namesIn('b/')).toEqual(await namesIn('b'));
  expect((await copy.stat(`${ROOT}b/c`))?.type).toBe('directory');
  expect(await copy.stat(`${ROOT}b/d`)).toBeUndefined();
  await expect(copy.readDirectory(`${ROOT}b/d`)).rejects.toThrow('ENOENT');
  await expect(copy.readFile(`${ROOT}b`)).rejects.toThrow('EISDIR');
});

it('builds its index of folders once for the same files', async () => {
  let files = filesOf('a/b.yaml');
  const copy = new CopyFileSystem(ROOT, () => files);
  for (let at = 0; at < 50; at++) expect(await copy.stat(`${ROOT}x/${at}`)).toBeUndefined();
  expect(files.looks).toBe(1);
  files = filesOf('x/1/b.yaml');
  expect((await copy.stat(`${ROOT}x/1`))?.type).toBe('directory');
});
