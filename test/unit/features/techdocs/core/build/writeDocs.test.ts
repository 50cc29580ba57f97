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
  it('goes on with a build that was cut short', async () => {
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
    // Of what the first was to write, and this one does not, nothing stays.
    await writeDocs(site({ 'a.html': 'a', 'c.html': 'c' }), folder);
    expect(folder.written).toEqual([METADATA, 'c.html', METADATA]);
    expect(Object.keys(folder.texts).sort()).toEqual(['a.html', 'c.html', METADATA]);
  });

  it('takes away what an earlier build put there, and nothing else', async () => {
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
    ['a list that is none', { [METADATA]: '{' }],
  ])('leaves a folder with %s alone', async (_, files) => {
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

  it('removes nothing of git, whatever a list says', async () => {
    const folder = new InMemoryOutputFolder();
    for (const path of ofGit) folder.put(path, 'git');
    folder.put('gone.html', 'gone');
    folder.put(METADATA, JSON.stringify({ files: [...ofGit, 'gone.html', '.gitignore'] }));
    folder.put('.gitignore', 'built');
    await writeDocs(site({ 'a.html': 'a' }), folder);
    expect(Object.keys(folder.texts).sort()).toEqual([...ofGit, 'a.html', METADATA].sort());
  });

  it.each(ofGit)('writes nothing where a site has %s', async path => {
    const folder = new InMemoryOutputFolder();
    const built = site({ 'a.html': 'a', [path]: 'not of git' });
    await expect(writeDocs(built, folder)).rejects.toThrow('git');
    await expect(writeDocs(built, folder, { isCleaned: true })).rejects.toThrow('git');
    expect(folder.written).toEqual([]);
  });
});
