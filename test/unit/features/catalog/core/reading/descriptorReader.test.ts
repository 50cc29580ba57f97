import { expect, it } from 'vitest';
import { defaultCatalogOptions, noModel } from '../../../../../../src/features/catalog/core';
import { DescriptorReader } from '../../../../../../src/features/catalog/core/reading/descriptorReader';
import type { FileReading } from '../../../../../../src/features/catalog/core/workspace/files/fileReading';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { fileError, TamperedFileSystem } from '../../../../../support/tamperedFileSystem';
import { at } from '../../../../../support/testCatalog';

async function read(
  expectsDescriptors: boolean,
  spoil: (deps: { files: InMemoryFileSystem; reader: DescriptorReader }) => void,
): Promise<FileReading | undefined> {
  const files = new InMemoryFileSystem({ '/work/x.yaml': aComponent('one') });
  const reader = await DescriptorReader.open(defaultCatalogOptions, {
    fileSystem: files,
    processors: [],
    model: noModel.data,
  });
  spoil({ files, reader });
  return reader.readFile({ uri: at('x.yaml'), expectsDescriptors, boundary: at('') }, 0);
}

const messages = (reading: FileReading | undefined): readonly string[] | undefined =>
  reading?.record.problems.map(({ file, message }) => `${file} ${message}`);

it.each([true, false])(
  'reports an internal error as a problem of the file (descriptor expected: %s)',
  async expectsDescriptors => {
    const reading = await read(expectsDescriptors, ({ reader }) => {
      Object.defineProperty(reader.context, 'processors', {
        get: () => {
          throw new TypeError('a mistake');
        },
      });
    });
    expect(messages(reading)).toEqual([`${at('x.yaml')} Can't read this file: a mistake`]);
  },
);

it('reports an unreadable file only if a descriptor is expected', async () => {
  const corrupt = ({ files }: { files: InMemoryFileSystem }): void =>
    files.setReadable('/work/x.yaml', false);
  expect(messages(await read(true, corrupt))).toEqual([
    expect.stringContaining("Can't read this file: permission denied"),
  ]);
  expect(await read(false, corrupt)).toBeUndefined();
});

it.each([true, false])(
  'reports a file that the disk fails to read (descriptor expected: %s)',
  async expectsDescriptors => {
    const disk = new TamperedFileSystem(new InMemoryFileSystem({ '/work/x.yaml': 'kind: A' }));
    disk.before = () => {
      throw fileError('EIO');
    };
    const reader = await DescriptorReader.open(defaultCatalogOptions, {
      fileSystem: disk,
      processors: [],
      model: noModel.data,
    });
    const request = { uri: at('x.yaml'), expectsDescriptors, boundary: at('') };
    expect(messages(await reader.readFile(request, 0))).toEqual([
      expect.stringContaining("Can't read this file: the disk reports an error"),
    ]);
  },
);
