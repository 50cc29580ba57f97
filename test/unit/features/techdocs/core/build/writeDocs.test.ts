import { describe, expect, it } from 'vitest';
import { ForeignFolderError, writeDocs } from '../../../../../../src/features/techdocs/core';
import { InMemoryOutputFolder } from '../../../../../support/inMemoryOutputFolder';

const METADATA = 'techdocs_metadata.json';

/** A site of these files. */
function site(texts: Readonly<Record<string, string>>): Parameters<typeof writeDocs>[0] {
  const metadata = JSON.stringify({ files: [...Object.keys(texts), METADATA] });
  const entries = Object.entries({ ...texts, [METADATA]: metadata });
  return {
    files: new Map(
      entries.map(([path, text]) => [path, async () => new TextEncoder().encode(text)]),
    ),
  };
}

describe('writeDocs', () => {
  it('continues an interrupted build', async () => {
    const folder = new InMemoryOutputFolder();
    const controller = new AbortController();
    const built = site({ 'a.html': 'a', 'b.html': 'b', 'c.html': 'c' });
    const cut = writeDocs(built, folder, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(cut).rejects.toThrow(/abort/i);
    expect(Object.keys(folder.texts)).toEqual([METADATA, 'a.html']);
    folder.written.length = 0;
    // Files of the first build that this one doesn't write are removed.
    await writeDocs(site({ 'a.html': 'a', 'c.html': 'c' }), folder);
    expect(folder.written).toEqual([METADATA, 'c.html', METADATA]);
    expect(Object.keys(folder.texts).sort()).toEqual(['a.html', 'c.html', METADATA]);
  });

  it('removes files of an earlier build only', async () => {
    const folder = new InMemoryOutputFolder();
    await writeDocs(site({ 'a.html': 'a', 'b.html': 'b' }), folder);
    folder.put('CNAME', 'example.com');
    expect(await writeDocs(site({ 'a.html': 'x' }), folder)).toEqual({
      written: 2,
      unchanged: 0,
      removed: 1,
    });
    expect(Object.keys(folder.texts).sort()).toEqual(['CNAME', 'a.html', METADATA]);
  });

  it.each([
    ['something else', { 'mine.txt': 'mine' }],
    ['a list of something else', { [METADATA]: '{}' }],
    ['an invalid list', { [METADATA]: '{' }],
  ])("doesn't change a folder with %s", async (_, files) => {
    const folder = new InMemoryOutputFolder();
    for (const [path, text] of Object.entries(files)) folder.put(path, text);
    await expect(writeDocs(site({ 'a.html': 'a' }), folder)).rejects.toThrow(ForeignFolderError);
    expect(folder.written).toEqual([]);
    await writeDocs(site({ 'a.html': 'a' }), folder, { isCleaned: true });
    expect(Object.keys(folder.texts).sort()).toEqual(['a.html', METADATA]);
  });

  const ofGit = [
    '.git',
    '.git/config',
    'a/.GIT/HEAD',
    '.git. /config',
    'GIT~1/config',
    '.g\u200cit/HEAD',
  ];

  it('never removes files of git, whatever a list contains', async () => {
    const folder = new InMemoryOutputFolder();
    for (const path of ofGit) folder.put(path, 'git');
    folder.put('gone.html', 'gone');
    folder.put(METADATA, JSON.stringify({ files: [...ofGit, 'gone.html', '.gitignore'] }));
    folder.put('.gitignore', 'built');
    await writeDocs(site({ 'a.html': 'a' }), folder);
    expect(Object.keys(folder.texts).sort()).toEqual([...ofGit, 'a.html', METADATA].sort());
  });

  it.each(ofGit)('writes nothing if a site has %s', async path => {
    const folder = new InMemoryOutputFolder();
    const built = site({ 'a.html': 'a', [path]: 'not of git' });
    await expect(writeDocs(built, folder)).rejects.toThrow('git');
    await expect(writeDocs(built, folder, { isCleaned: true })).rejects.toThrow('git');
    expect(folder.written).toEqual([]);
  });
});
