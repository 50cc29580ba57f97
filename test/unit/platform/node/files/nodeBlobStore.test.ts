import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { NodeBlobStore } from '../../../../../src/platform/node';

function open(): { folder: string; store: NodeBlobStore } {
  const parent = mkdtempSync(join(tmpdir(), 'callboard-store-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, 'made', 'when needed');
  return { folder, store: new NodeBlobStore(folder) };
}

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

const textOf = async (store: NodeBlobStore): Promise<string | undefined> => {
  const data = await store.read('name');
  return data && new TextDecoder().decode(data);
};

it('reads the last written blob as a whole', async () => {
  const { folder, store } = open();
  expect(await textOf(store)).toBeUndefined();
  await store.write('name', chunks('one ', 'two'));
  await new NodeBlobStore(folder).write('name', chunks('three ', 'four'));
  expect(await textOf(store)).toBe('three four');
  expect(readdirSync(folder)).toEqual(['name']);
});

it('keeps the previous blob if a write fails', async () => {
  const { folder, store } = open();
  await store.write('name', chunks('whole'));
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield* chunks('half');
    throw new Error('The disk is full');
  }
  await expect(store.write('name', failing())).rejects.toThrow('The disk is full');
  expect(await textOf(store)).toBe('whole');
  expect(readdirSync(folder)).toEqual(['name']);
});

it('stores the blob of one of two writers, never a mixture', async () => {
  const { store } = open();
  const one = Array.from({ length: 50 }, () => 'one ');
  const two = Array.from({ length: 50 }, () => 'two ');
  await Promise.all([store.write('name', chunks(...one)), store.write('name', chunks(...two))]);
  expect([one.join(''), two.join('')]).toContain(await textOf(store));
});

it('removes drafts of killed processes, but not of running ones', async () => {
  const { folder, store } = open();
  await store.write('name', chunks('one'));
  writeFileSync(join(folder, 'name.old.draft'), 'half');
  writeFileSync(join(folder, 'name.new.draft'), 'half');
  const longAgo = Date.now() / 1000 - 2 * 60;
  utimesSync(join(folder, 'name.old.draft'), longAgo, longAgo);
  await store.write('name', chunks('two'));
  expect(readdirSync(folder).sort()).toEqual(['name', 'name.new.draft']);
});

it("writes even if an old draft can't be removed", async () => {
  const { folder, store } = open();
  await store.write('name', chunks('one'));
  const draft = join(folder, 'name.old.draft');
  mkdirSync(draft);
  utimesSync(draft, 0, 0);
  await store.write('name', chunks('two'));
  expect(await textOf(store)).toBe('two');
});
