import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { inspectedContentOf } from '../../../../../support/catalogHistory';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { longRun } from '../../../../../support/longRun';
import {
  fileError,
  type FileOperation,
  TamperedFileSystem,
} from '../../../../../support/tamperedFileSystem';
import { at, openCatalog, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';
import { RestlessWorkspace, steps } from './restlessWorkspace';

/** A catalog on a failing disk. */
class Faulty {
  readonly files: InMemoryFileSystem;
  readonly disk: TamperedFileSystem;
  readonly engine: CatalogEngine;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new InMemoryFileSystem(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`/work/${path}`, text])),
    );
    this.disk = new TamperedFileSystem(this.files);
    this.engine = new CatalogEngine({
      fileSystem: this.disk,
      clock: new TestClock(),
      logger: silentLogger,
    });
    this.engine.setRoots([root('work')]);
  }

  /** Makes operations on a path fail. */
  fail(path: string, operations: readonly FileOperation[], error: () => unknown): void {
    this.disk.before = (operation, uri) => {
      if (uri === at(path) && operations.includes(operation)) throw error();
    };
  }

  refs(): readonly string[] {
    return this.engine.getEntities().map(({ metadata: { name } }) => name);
  }

  codes(): readonly string[] {
    return this.engine
      .getProblems()
      .flatMap(({ code }) => (code.endsWith('reference') ? [] : code));
  }
}

const CODES = ['EACCES', 'EIO', 'EMFILE', 'ENFILE', 'ELOOP', 'EBUSY', 'ESTALE', 'ENAMETOOLONG'];

describe('Failing file', () => {
  it.each(CODES)("that can't be read (%s) is reported without affecting others", async code => {
    const catalog = new Faulty({
      'catalog-info.yaml': aComponent('one'),
      'a/other.yaml': aComponent('two'),
    });
    catalog.fail('catalog-info.yaml', ['readFile'], () => fileError(code));
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['two']);
    expect(catalog.engine.getProblems({ file: at('catalog-info.yaml') })).toMatchObject([
      { code: 'file-not-read', range: { start: { line: 0 } }, message: /^Can't read this file/ },
    ]);
    catalog.disk.before = undefined;
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('catalog-info.yaml') }]);
    expect(catalog.refs()).toEqual(['one', 'two']);
    expect(catalog.codes()).toEqual([]);
  });

  it('whose stat fails on a change is still read', async () => {
    const catalog = new Faulty({
      'one.yaml': aComponent('one'),
      'two.yaml': aComponent('two'),
    });
    await catalog.engine.refresh();
    let isFailing = true;
    catalog.disk.before = (operation, uri) => {
      if (!isFailing || operation !== 'stat' || uri !== at('one.yaml')) return;
      isFailing = false;
      throw fileError('EIO');
    };
    catalog.files.write('/work/one.yaml', aComponent('uno'));
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('one.yaml') }]);
    expect(isFailing).toBe(false);
    expect(catalog.refs()).toEqual(['two', 'uno']);
  });

  it.each<[string, () => unknown]>([
    ['a text', () => 'disk on fire'],
    ['nothing', () => undefined],
  ])('whose read rejects with %s is reported', async (_, error) => {
    const catalog = new Faulty({ 'catalog-info.yaml': aComponent('one') });
    catalog.fail('catalog-info.yaml', ['readFile'], error);
    await catalog.engine.refresh();
    expect(catalog.codes()).toEqual(['file-not-read']);
  });

  it.each([
    ['vanishes', (files: InMemoryFileSystem) => files.remove('/work/catalog-info.yaml')],
    [
      'becomes a folder',
      (files: InMemoryFileSystem) => {
        files.remove('/work/catalog-info.yaml');
        files.write('/work/catalog-info.yaml/one.txt', '');
      },
    ],
  ])('that %s between stat and read affects no other', async (_, happen) => {
    const catalog = new Faulty({
      'catalog-info.yaml': aComponent('one'),
      'two.yaml': aComponent('two'),
    });
    catalog.disk.before = (operation, uri) => {
      if (operation === 'readFile' && uri === at('catalog-info.yaml')) happen(catalog.files);
    };
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['two']);
    catalog.disk.before = undefined;
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('catalog-info.yaml') }]);
    expect(catalog.codes()).toEqual([]);
  });

  it('that grows over the limit after its stat is read', async () => {
    const catalog = new Faulty({ 'catalog-info.yaml': aComponent('one') });
    catalog.disk.onContent = () =>
      new TextEncoder().encode(`${aComponent('grown')}# ${'x'.repeat(6e6)}`);
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['grown']);
  });

  it('that is read during a write is reread on the change', async () => {
    const catalog = new Faulty({ 'one.yaml': documents(aComponent('one'), aComponent('two')) });
    catalog.disk.onContent = (_, content) => content.slice(0, Math.floor(content.length * 0.7));
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['one']);
    expect(catalog.codes().length).toBeGreaterThan(0);
    catalog.disk.onContent = undefined;
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('one.yaml') }]);
    expect(catalog.refs()).toEqual(['one', 'two']);
    expect(catalog.codes()).toEqual([]);
  });

  it("truncated anywhere doesn't affect the others", async () => {
    const text = documents(
      aComponent('one'),
      aDescriptor('api:two', { definition: { $text: './x.txt' } }),
      aLocation('three', './x.yaml'),
    );
    const catalog = await openCatalog({ 'one.yaml': text, 'two.yaml': aComponent('other') });
    const bytes = new TextEncoder().encode(text);
    for (let length = 0; length <= bytes.length; length += 7) {
      await catalog.write({ 'one.yaml': bytes.slice(0, length) });
      expect(catalog.refs()).toContain('component:default/other');
    }
    await catalog.write({ 'one.yaml': text });
    expect(catalog.refs()).toHaveLength(4);
  });
});

describe('Failing folder', () => {
  it.each(CODES)("that can't be listed (%s) is skipped", async code => {
    const catalog = new Faulty({
      'locked/one.yaml': aComponent('one'),
      'two.yaml': aComponent('two'),
    });
    catalog.fail('locked', ['readDirectory'], () => fileError(code));
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['two']);
    catalog.disk.before = undefined;
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('locked') }]);
    expect(catalog.refs()).toEqual(['one', 'two']);
  });

  it('that links to itself is walked once', async () => {
    const files = new InMemoryFileSystem({ '/work/a/one.yaml': aComponent('one') });
    files.link('/work/a/again', '/work/a');
    files.link('/work/ring', '/work/ring');
    const catalog = await openCatalog(
      { 'catalog-info.yaml': aLocation('all', './a/again/again/one.yaml', './ring/x.yaml') },
      { fileSystem: files },
    );
    expect(catalog.refs()).toContain('component:default/one');
    expect(catalog.codes('catalog-info.yaml')).toContain('location-target-missing');
  });
});

describe('Many changes at once', () => {
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`${i % 20}/x${i}.yaml`, aComponent(`c${i}`)]),
    );

  it('are one event and read each file once', async () => {
    const catalog = await openCatalog({ 'one.yaml': aComponent('one') });
    await catalog.write(many(300));
    expect(catalog.events).toHaveLength(1);
    expect(catalog.refs()).toHaveLength(301);
    expect(new Set(Object.values(catalog.files.takeReads()))).toEqual(new Set([1]));
    await catalog.remove(...Object.keys(many(300)));
    expect(catalog.refs()).toEqual(['component:default/one']);
  });

  it('during a refresh end with the current files', async () => {
    const catalog = new Faulty(many(100));
    const waiting: Promise<void>[] = [];
    let count = 0;
    catalog.disk.before = () => {
      if (++count > 300) return;
      catalog.files.write('/work/storm.yaml', aComponent(`storm-${count}`));
      waiting.push(catalog.engine.applyChanges([{ type: 'changed', uri: at('storm.yaml') }]));
    };
    await catalog.engine.refresh();
    for (let wait = waiting.shift(); wait; wait = waiting.shift()) await wait;
    expect(catalog.refs()).toContain('storm-300');
    expect(catalog.refs()).toHaveLength(101);
  });
});

/** Sometimes an operation fails, in one way or another. */
const faults = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...CODES, 'ENOENT', 'EISDIR', 'ENOTDIR') },
  ),
  { minLength: 5, maxLength: 40 },
);

it('recovers completely after random disk failures', async () => {
  await fc.assert(
    fc.asyncProperty(steps, faults, async (history, pattern) => {
      const workspace = new RestlessWorkspace({ isMerging: true });
      const { engine, disk } = workspace;
      let count = 0;
      workspace.fault = () => {
        const code = pattern[count++ % pattern.length];
        if (code !== undefined) throw fileError(code);
      };
      await workspace.live(history);
      await engine.save();
      const warm = await workspace.start({ isWarm: true, isFaulty: true });
      expect(workspace.failures).toEqual([]);
      expect([engine.status, warm.status]).toEqual(['ready', 'ready']);
      disk.before = undefined;
      await engine.refresh();
      const cold = await inspectedContentOf(await workspace.start({ isWarm: false }));
      expect(await inspectedContentOf(engine)).toEqual(cold);
      expect(await inspectedContentOf(await workspace.start({ isWarm: true }))).toEqual(cold);
      await warm.refresh();
      expect(await inspectedContentOf(warm)).toEqual(cold);
    }),
    longRun({ runs: 10, seed: 20261125 }),
  );
});
