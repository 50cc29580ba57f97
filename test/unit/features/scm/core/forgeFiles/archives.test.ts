import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import {
  readArchive,
  type SourceEntry,
  TaskLimitError,
} from '../../../../../../src/features/scm/core/forgeFiles';

const LIMITS = { size: 1024 ** 2, entries: 1000 };

async function unpacked(entries: readonly TarEntry[]): Promise<readonly SourceEntry[]> {
  const place = { format: 'tar.gz', folder: '', isWrapped: true, url: 'https://x.test/a' } as const;
  return readArchive(gzipSync(await packTar([...entries])), place, LIMITS);
}

function file(name: string, body: string): TarEntry {
  return { header: { name: `top/${name}`, size: body.length, type: 'file' }, body };
}

function link(name: string, linkname: string): TarEntry {
  return { header: { name: `top/${name}`, size: 0, type: 'symlink', linkname } };
}

describe('archive', () => {
  it('contains targets of links and parent folders', async () => {
    const found = await unpacked([file('a/b/c.md', 'text'), link('d.md', 'a/b/c.md')]);
    expect(found.map(({ path, content }) => [path, content?.length])).toEqual([
      ['a', undefined],
      ['a/b', undefined],
      ['a/b/c.md', 4],
      ['d.md', 4],
    ]);
  });

  it('is rejected if its links exceed the size limit', async () => {
    const links = Array.from({ length: 20 }, (_, at) => link(`${at}.md`, 'a.md'));
    await expect(unpacked([file('a.md', 'x'.repeat(100_000)), ...links])).rejects.toThrow(
      TaskLimitError,
    );
  });

  it('is rejected if its parent folders exceed the entry limit', async () => {
    const files = Array.from({ length: 20 }, (_, at) => file(`${at}${'/d'.repeat(60)}/a.md`, 'x'));
    await expect(unpacked(files)).rejects.toThrow(TaskLimitError);
  });
});
