import { expect, it } from 'vitest';
import { OverlayFileSystem } from '../../../../../src/platform/core/files';
import type { FileSystem } from '../../../../../src/platform/core/ports';

const disk = new Map([['file:///a.yaml', 'on disk']]);

const base: FileSystem = {
  async readFile(uri) {
    const text = disk.get(uri);
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${uri}`), { code: 'ENOENT' });
    return new TextEncoder().encode(text);
  },
  async stat(uri) {
    const text = disk.get(uri);
    return text === undefined ? undefined : { type: 'file', size: text.length, mtime: 7 };
  },
  readDirectory: async () => [{ name: 'a.yaml', type: 'file', isSymbolicLink: false }],
  realPath: async uri => uri,
};

function overlay(edited: Record<string, string>): OverlayFileSystem {
  return new OverlayFileSystem(base, { getText: uri => edited[uri] });
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it('reads an edited text with its size in bytes and no modification time', async () => {
  const files = overlay({ 'file:///a.yaml': 'größer' });
  expect(decode(await files.readFile('file:///a.yaml'))).toBe('größer');
  expect(await files.stat('file:///a.yaml')).toEqual({ type: 'file', size: 8, mtime: -1 });
});

it('reads an emptied text as empty', async () => {
  expect(decode(await overlay({ 'file:///a.yaml': '' }).readFile('file:///a.yaml'))).toBe('');
});

it('reads the disk for files that are not edited', async () => {
  expect(decode(await overlay({}).readFile('file:///a.yaml'))).toBe('on disk');
  expect(await overlay({}).stat('file:///a.yaml')).toEqual({ type: 'file', size: 7, mtime: 7 });
});

it('has no file that was deleted on disk', async () => {
  const files = overlay({ 'file:///gone.yaml': 'unsaved' });
  await expect(files.readFile('file:///gone.yaml')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await files.stat('file:///gone.yaml')).toBeUndefined();
});

it('lists folders and resolves links like the disk', async () => {
  const files = overlay({ 'file:///a.yaml': 'edited' });
  expect(await files.readDirectory('file:///')).toHaveLength(1);
  expect(await files.realPath('file:///a.yaml')).toBe('file:///a.yaml');
});

it('reads and stats an edited text together, unless it is too large', async () => {
  const files = overlay({ 'file:///a.yaml': 'größer', 'file:///b.yaml': 'new' });
  const stat = { type: 'file', size: 8, mtime: -1 };
  const read = await files.readStamped('file:///a.yaml', 8);
  expect(read && { ...read, content: read.content && decode(read.content) }).toEqual({
    stat,
    content: 'größer',
  });
  expect(await files.readStamped('file:///a.yaml', 7)).toEqual({ stat, content: undefined });
  expect(await files.readStamped('file:///b.yaml', 8)).toBeUndefined();
});
