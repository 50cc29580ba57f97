import { expect, it, vi } from 'vitest';
import { defaultCatalogOptions, noModel } from '../../../../../../../src/features/catalog/core';
import { LocationReader } from '../../../../../../../src/features/catalog/core/configuredBackstage/locations/locationReader';
import type { PlaceholderResult } from '../../../../../../../src/features/catalog/core/processing/placeholderResolution';
import { refusePlaceholders } from '../../../../../../../src/features/catalog/core/processing/refusedPlaceholders';
import { DescriptorReader } from '../../../../../../../src/features/catalog/core/reading/descriptorReader';
import { aComponent } from '../../../../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../../../../support/inMemoryFileSystem';
import { fileError } from '../../../../../../support/tamperedFileSystem';

/** Records listed folders and read files. */
class ObservedFileSystem extends InMemoryFileSystem {
  readonly seen: string[] = [];

  override readDirectory(uri: string): ReturnType<InMemoryFileSystem['readDirectory']> {
    this.seen.push(uri);
    return super.readDirectory(uri);
  }

  override readFile(uri: string): ReturnType<InMemoryFileSystem['readFile']> {
    this.seen.push(uri);
    return super.readFile(uri);
  }
}

const FOLDER = fileUri('/work');
const FILE = fileUri('/work/a.yaml');
const TARGET = '/work/*.yaml';

async function openReader(): Promise<{ reader: LocationReader; files: ObservedFileSystem }> {
  const files = new ObservedFileSystem({ '/work/a.yaml': aComponent('a') });
  const world = { fileSystem: files, processors: [], model: noModel.data };
  const { context } = await DescriptorReader.open(defaultCatalogOptions, world);
  const placeholders = (value: unknown): Promise<PlaceholderResult> =>
    refusePlaceholders(value, { path: '/work', isReadable: () => false });
  const strict = { placeholders, hasModel: false };
  const reader = new LocationReader({
    fileSystem: files,
    context: { ...context, strict },
    backendFolder: FOLDER,
    onRead: () => undefined,
  });
  await check(reader);
  files.seen.length = 0;
  return { reader, files };
}

async function check(reader: LocationReader): Promise<readonly string[]> {
  const { matches } = await reader.expand(TARGET);
  for (const { uri } of matches) await reader.read(uri);
  return matches.map(({ uri }) => uri);
}

it('lists and reads each file once', async () => {
  const { reader, files } = await openReader();
  expect(await check(reader)).toEqual([FILE]);
  expect(files.seen).toEqual([]);
});

it('rereads a changed file without listing folders', async () => {
  const { reader, files } = await openReader();
  expect(await reader.forget({ type: 'changed', uri: FILE })).toBe(true);
  await check(reader);
  expect(files.seen).toEqual([FILE]);
});

it('lists files again when a changed file is gone', async () => {
  const { reader, files } = await openReader();
  files.remove('/work/a.yaml');
  expect(await reader.forget({ type: 'changed', uri: FILE })).toBe(true);
  expect(await check(reader)).toEqual([]);
});

it('rereads a changed file whose stat fails', async () => {
  const { reader, files } = await openReader();
  const stat = vi.spyOn(files, 'stat').mockRejectedValue(fileError('EACCES'));
  expect(await reader.forget({ type: 'changed', uri: FILE })).toBe(true);
  expect(await reader.read(FILE)).toMatchObject({ reason: expect.stringContaining('EACCES') });
  stat.mockRestore();
  await reader.forget({ type: 'changed', uri: FILE });
  expect(await reader.read(FILE)).toMatchObject({ uri: FILE, results: [expect.anything()] });
});

it('lists files again when a file is created', async () => {
  const { reader, files } = await openReader();
  files.write('/work/b.yaml', aComponent('b'));
  expect(await reader.forget({ type: 'created', uri: fileUri('/work/b.yaml') })).toBe(true);
  expect(await check(reader)).toEqual([fileUri('/work/b.yaml'), FILE]);
});

it('rereads a dangling link when its target is created', async () => {
  const { reader, files } = await openReader();
  const link = fileUri('/work/link.yaml');
  files.link('/work/link.yaml', '/work/there.txt');
  await reader.forget({ type: 'created', uri: link });
  expect(await check(reader)).toEqual([link, FILE]);
  expect(reader.known(link)).toBeUndefined();
  files.write('/work/there.txt', aComponent('there'));
  expect(await reader.forget({ type: 'created', uri: fileUri('/work/there.txt') })).toBe(true);
  await check(reader);
  expect(reader.known(link)).toBeDefined();
});

it('drops files that no Location reaches', async () => {
  const { reader, files } = await openReader();
  reader.keep({ targets: new Set(), files: new Set() });
  expect(reader.known(FILE)).toBeUndefined();
  await check(reader);
  expect(files.seen).toEqual([FOLDER, FILE]);
});
