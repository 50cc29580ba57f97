import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { generateOrganization } from '../../bench/organization';
import { english, silentLogger } from '../../src/base';
import { problemsOfDefinitions } from '../../src/features/apis/plugin';
import { CatalogEngine } from '../../src/features/catalog/core';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';
import { test } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

test('handles two thousand entities and restores them after a crash', async ({ open }) => {
  const {
    workbench,
    folder = '',
    killExtensionHost,
  } = await open({
    write: target => generateOrganization(target, { entities: 2000, decoys: 500 }),
  });
  const expected = await read(folder);
  await workbench.openContainer('Callboard');
  await expectAll(workbench, expected);

  const problems = await workbench.openView('Catalog Health');
  await problems
    .locator('.pane-header .description', { hasText: String(expected.problems) })
    .waitFor();

  await workbench.runCommand('Callboard: Go to Entity…');
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  await workbench.choose(expected.lastRef);
  await workbench.editor.waitFor();

  const file = fileURLToPath(expected.lastFile);
  const late = 'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: late}\n';
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n---\n${late}spec: {owner: late}\n`);
  const after = await read(folder);
  expect(after.entities).toBe(expected.entities + 1);
  await expectAll(workbench, after);

  await workbench.reload();
  await expectAll(workbench, after);
  // The stored result of the last start is shown before everything is read again.
  const isShownFirst = async (): Promise<boolean> => {
    await workbench.showLog();
    const lines = await workbench.outputLines.evaluateAll(elements =>
      elements
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map(({ textContent }) => textContent),
    );
    const shown = lines.findIndex(line => /of.the.last.start.are.shown/.test(line));
    return shown >= 0 && shown < lines.findIndex(line => /entities.in.*read.in/.test(line));
  };
  await expect.poll(isShownFirst).toBe(true);

  await killExtensionHost();
  await workbench.reload();
  // While files are read, or just before or after: each must end well.
  await killExtensionHost();
  await workbench.reload();
  await expectAll(workbench, after);
});

interface Expected {
  /** Failed descriptors included. */
  readonly entities: number;
  readonly problems: number;
  readonly lastRef: string;
  readonly lastFile: string;
}

/** Reads a folder like the command line. */
async function read(folder: string): Promise<Expected> {
  const files = new NodeFileSystem();
  const engine = new CatalogEngine({
    fileSystem: files,
    clock: new NodeClock(),
    logger: silentLogger,
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'organization' }]);
  await engine.refresh();
  const refs = engine.getEntityRefs().filter(ref => ref.startsWith('system:'));
  const lastRef = refs.at(-1) ?? '';
  const ofDefinitions = await problemsOfDefinitions({ catalog: engine, files, translate: english });
  const expected = {
    entities: engine.statistics.entities + engine.getFailedEntities().length,
    problems: engine.getProblems().length + ofDefinitions.length,
    lastRef,
    lastFile: engine.getEntitySource(lastRef)?.file ?? '',
  };
  engine.dispose();
  return expected;
}

/** Waits until the kinds in the tree have that many entities in total. */
async function expectAll(workbench: Workbench, { entities }: Expected): Promise<void> {
  const rows = workbench.view('Catalog').getByRole('treeitem', { name: /, \d+ entit/ });
  await expect
    .poll(
      async () => {
        const names = await rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label')));
        return names
          .map(name => Number(/, (\d+) entit/.exec(name ?? '')?.[1] ?? 0))
          .reduce((a, b) => a + b, 0);
      },
      { timeout: 120_000 },
    )
    .toBe(entities);
}
