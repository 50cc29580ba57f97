import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { SkeletonChecks } from '../../../../../../src/features/catalog/core/problems/skeletonChecks';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { aTemplate } from '../../../../../support/templates';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

it('updates problems with files', async () => {
  const fileSystem = new InMemoryFileSystem({
    '/work/template.yaml': aTemplate(),
    '/work/skeleton/a.txt': '${{ values.other }}',
  });
  const engine = new CatalogEngine({
    fileSystem,
    clock: new TestClock(),
    logger: silentLogger,
  });
  engine.setRoots([root('work')]);
  const changedFiles: string[] = [];
  engine.onDidChange(({ files }) => changedFiles.push(...files));
  const write = async (path: string, text: string): Promise<void> => {
    fileSystem.write(`/work/${path}`, text);
    const change: FileChange = { type: 'changed', uri: at(path) };
    await engine.applyChanges([change]);
    await engine.whenInspected();
  };
  const messages = (): readonly string[] =>
    engine.getProblems({ file: at('skeleton/a.txt') }).map(({ message }) => message);

  await engine.refresh();
  await engine.whenInspected();
  const missing = ['values.other is not passed by the step fetch-base of service'];
  expect(messages()).toEqual(missing);
  expect(engine.getProblems().filter(({ file }) => file === at('skeleton/a.txt'))).toHaveLength(1);
  await write('template.yaml', aTemplate({ input: "          other: '1'\n" }));
  expect(messages()).toEqual([]);
  expect(changedFiles).toContain(at('skeleton/a.txt'));
  await write('template.yaml', aTemplate());
  expect(messages()).toEqual(missing);
  await write('skeleton/a.txt', '${{ values.name }}');
  expect(messages()).toEqual([]);
  engine.dispose();
});

it('reads skeletons only for changes that affect them', async () => {
  const fileSystem = new InMemoryFileSystem({
    '/work/template.yaml': aTemplate(),
    '/work/skeleton/a.txt': '${{ values.other }}',
    '/work/skeleton/sub/b.txt': '${{ values.name }}',
    '/work/other.yaml': aComponent('other'),
  });
  const clock = new TestClock();
  const engine = new CatalogEngine({ fileSystem, clock, logger: silentLogger, hasProblems: false });
  engine.setRoots([root('work')]);
  await engine.refresh();
  const checks = new SkeletonChecks({ fileSystem, clock });
  let checkCount = 0;
  const check = async (refs: readonly string[], ...paths: readonly string[]) => {
    checkCount = 0;
    const files = paths.map((path): FileChange => ({ type: 'changed', uri: at(path) }));
    const onProgress = (): void => void checkCount++;
    return checks.check(engine, { refs, files }, { onProgress });
  };

  const all = await checks.check(engine, undefined);
  expect(all.map(({ file }) => file)).toEqual([at('skeleton/a.txt')]);
  expect(await check(['component:default/other'], 'other.yaml', 'skeletons/x.txt')).toBe(all);
  expect(checkCount).toBe(0);
  expect(await check([], 'skeleton/sub/b.txt')).toBe(all);
  expect(checkCount).toBe(2);
  expect(await check(['template:default/service'])).toBe(all);
  expect(checkCount).toBe(2);
  fileSystem.write('/work/skeleton/a.txt', '${{ values.name }}');
  expect(await check([], 'skeleton')).toEqual([]);
  engine.dispose();
});
