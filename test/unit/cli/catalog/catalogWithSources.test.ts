import { expect, it } from 'vitest';
import { catalogWithSources } from '../../../../src/cli/catalog/catalogWithSources';
import type { OpenSources } from '../../../../src/cli/catalog/sources';
import type { CommandContext } from '../../../../src/cli/command';
import { aComponent } from '../../../support/descriptors';
import { InMemoryFileSystem } from '../../../support/inMemoryFileSystem';
import { TestClock } from '../../../support/testClock';

interface Opened {
  readonly files?: Readonly<Record<string, string>>;
  readonly showProgress?: (text: string | undefined) => void;
}

/** Empty sources that record when they are disposed. */
function sources(
  signal: AbortSignal,
  events: string[],
  { files = { '/work/a.yaml': aComponent('a') }, showProgress = () => {} }: Opened = {},
): OpenSources {
  const fileSystem = new InMemoryFileSystem(files);
  const terminal = { writeError() {}, showProgress };
  const context = { fileSystem, terminal, signal, clock: new TestClock(), cwd: '/work' };
  return {
    sources: [],
    context: context as unknown as CommandContext,
    fetchMissing: async () => false,
    filesOver: beneath => beneath,
    addressOf: file => file,
    withAddresses: problems => problems,
    dispose: () => events.push('gone'),
  };
}

it("disposes its sources, also if the catalog can't be read", async () => {
  const events: string[] = [];
  const { signal } = new AbortController();
  const opened = await catalogWithSources(['file:///work'], sources(signal, events));
  expect([opened.catalog.getEntityRefs(), events]).toEqual([['component:default/a'], []]);
  opened.dispose();
  expect(events).toEqual(['gone']);
  await expect(
    catalogWithSources(['file:///work'], sources(AbortSignal.abort(), events)),
  ).rejects.toThrow('abort');
  expect(events).toEqual(['gone', 'gone']);
});

it.each([
  [1, 'Reading 1/1 file'],
  [2, 'Reading 2/2 files'],
])('shows progress through %i files in the right plural', async (count, expected) => {
  const names = ['a', 'b'].slice(0, count);
  const files = Object.fromEntries(names.map(name => [`/work/${name}.yaml`, aComponent(name)]));
  const shown: (string | undefined)[] = [];
  const showProgress = (text: string | undefined): void => void shown.push(text);
  const opened = await catalogWithSources(
    ['file:///work'],
    sources(new AbortController().signal, [], { files, showProgress }),
  );
  opened.dispose();
  expect(shown[0]).toBe('Finding files');
  expect(shown).toContain(expected);
});
