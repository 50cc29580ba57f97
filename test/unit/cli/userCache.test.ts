import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UserCache } from '../../../src/cli/userCache';
import { aDescriptor, documents } from '../../support/descriptors';
import { callboard } from './capture';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-cache-'));
  mkdirSync(work());
  write('a.yaml', aDescriptor('component:a', { type: 'service', owner: 'nobody' }));
  write(
    'b.yaml',
    documents(
      aDescriptor('api:b', { type: 'graphql', definition: 'type Query {\n  a: Nothing\n}\n' }),
      aDescriptor('api:c', { type: 'graphql', definition: 'type Query {\n  a: Int\n}\n' }),
    ),
  );
  // As if they had been there for a while.
  for (const name of ['a.yaml', 'b.yaml']) utimesSync(join(work(), name), 1000, 1000);
});
afterEach(() => rmSync(folder, { recursive: true }));

const work = (): string => join(folder, 'work');
const write = (name: string, text: string): void => writeFileSync(join(work(), name), text);
const cacheOf = (build = 'one', maxSize?: number): UserCache =>
  new UserCache(join(folder, 'cache'), async () => new TextEncoder().encode(build), maxSize);

/** The stored results of files and definitions. */
const stored = (): readonly string[] =>
  storedFiles().filter(path => /(?:catalog|definitions)$/.test(path));

/** The files of the cache. */
function storedFiles(): readonly string[] {
  const cache = join(folder, 'cache');
  if (!existsSync(cache)) return [];
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .map(name => join(cache, name))
    .filter(path => statSync(path).isFile())
    .sort();
}

async function validate(cache: UserCache | undefined, ...options: string[]): Promise<string> {
  const args = ['validate', '--format', 'json', ...options];
  const { stdout, stderr } = await callboard(args, { cwd: work(), ...(cache && { cache }) });
  expect(stderr).toBe('');
  return stdout;
}

it('prints the same with a cache, the first time and later', async () => {
  const expected = await validate(undefined);
  expect(expected).toContain('Nothing');
  expect(await validate(cacheOf())).toBe(expected);
  expect(stored()).toHaveLength(2);
  const written = stored().map(path => statSync(path).mtimeMs);
  expect(await validate(cacheOf())).toBe(expected);
  expect(stored().map(path => statSync(path).mtimeMs)).toEqual(written);
});

it('detects each change, also of the same size and age', async () => {
  await validate(cacheOf());
  write('b.yaml', readFileSync(join(work(), 'b.yaml'), 'utf8').replace('Nothing', 'Neither'));
  utimesSync(join(work(), 'b.yaml'), 1000, 1000);
  write('c.yaml', aDescriptor('component:c', { type: 'service', owner: 'somebody' }));
  rmSync(join(work(), 'a.yaml'));
  const found = await validate(cacheOf());
  expect(found).toBe(await validate(undefined));
  expect(found).toContain('Neither');
  expect(found).toContain('somebody');
});

it('does not rewrite the whole cache for a few changes', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `many-${index}`);
  const writeAll = (some: readonly string[], type: string): void => {
    for (const name of some) {
      write(`${name}.yaml`, aDescriptor(`component:${name}`, { type, owner: 'nobody' }));
      utimesSync(join(work(), `${name}.yaml`), 1000, 1000);
    }
  };
  writeAll(names, 'one');
  await validate(cacheOf());
  const contents = (): readonly string[] => stored().map(path => readFileSync(path, 'latin1'));
  const before = contents();
  writeAll(names.slice(0, 1), 'two');
  expect(await validate(cacheOf())).toBe(await validate(undefined));
  expect(contents()).toEqual(before);
  writeAll(names.slice(0, 20), 'three');
  expect(await validate(cacheOf())).toBe(await validate(undefined));
  expect(contents()).not.toEqual(before);
});

const damages: readonly (readonly [name: string, damage: (path: string) => void])[] = [
  ['is truncated', path => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ['is empty', path => writeFileSync(path, '')],
  ['is something else', path => writeFileSync(path, 'Anything but a cache')],
  [
    'has another byte',
    path => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(path, bytes);
    },
  ],
  [
    'is a folder',
    path => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];

it.each(damages)('rebuilds a cache that %s', async (_, damage) => {
  const expected = await validate(cacheOf());
  storedFiles().forEach(damage);
  expect(await validate(cacheOf())).toBe(expected);
  expect(await validate(cacheOf())).toBe(expected);
});

it('ignores the cache of another build', async () => {
  await validate(cacheOf('one'));
  const before = stored().map(path => readFileSync(path, 'latin1'));
  const expected = await validate(undefined);
  expect(await validate(cacheOf('two'))).toBe(expected);
  expect(stored().map(path => readFileSync(path, 'latin1'))).not.toEqual(before);
});

it('prints the same in two processes at once', async () => {
  const expected = await validate(undefined);
  const runs = Array.from({ length: 4 }, () => validate(cacheOf()));
  expect(new Set(await Promise.all(runs))).toEqual(new Set([expected]));
  expect(await validate(cacheOf())).toBe(expected);
  expect(stored()).toHaveLength(2);
});

it("works if the cache can't be written", async () => {
  const expected = await validate(undefined);
  writeFileSync(join(folder, 'cache'), 'A file');
  expect(await validate(cacheOf())).toBe(expected);
});

it('neither reads nor writes a cache with --no-cache', async () => {
  const expected = await validate(undefined);
  expect(await validate(cacheOf(), '--no-cache')).toBe(expected);
  expect(storedFiles()).toEqual([]);
});

it('removes the least recently used results above its size', async () => {
  await validate(cacheOf('one', 1));
  expect(storedFiles()).toEqual([]);
});

it('is valid after an interruption', async () => {
  const expected = await validate(undefined);
  const stop = new AbortController();
  const running = callboard(['validate'], { cwd: work(), cache: cacheOf(), signal: stop.signal });
  setTimeout(() => stop.abort(), 5);
  expect([0, 130]).toContain((await running).code);
  expect(await validate(cacheOf())).toBe(expected);
});
