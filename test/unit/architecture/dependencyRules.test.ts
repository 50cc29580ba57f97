import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cruiseProject, dependencyRules } from '../../../scripts/lib/cruise.mjs';
import { root } from '../../../scripts/lib/project.mjs';

interface Plant {
  readonly rule: string;
  readonly from: string;
  readonly code: string;
}

// One violation per rule. Each lies in a file of its own, so that what is reported for that file
// is this violation.
const plants: Plant[] = [
  plant('base-imports', 'src/base/a.ts', `export * from '../model';`),
  plant('model-imports', 'src/model/a.ts', `export * from '../api';`),
  plant('api-imports', 'src/api/a.ts', `export * from '../core/ports';`),
  plant('core-imports', 'src/core/catalog/a.ts', `export * from '../../language';`),
  plant('language-imports', 'src/language/a.ts', `export * from '../protocol';`),
  plant('protocol-imports', 'src/protocol/a.ts', `export * from '../language';`),
  plant('node-imports', 'src/node/a.ts', `export * from '../core/catalog';`),
  plant('cli-imports', 'src/cli/a.ts', `export * from '../vscode';`),
  plant('cli-from-its-root-only', 'src/server/e.ts', `export * from '../cli/inner';`),
  plant('server-imports', 'src/server/a.ts', `export * from '../vscode';`),
  plant('vscode-imports', 'src/vscode/a.ts', `export * from '../plugins/catalog';`),
  plant('node-in-desktop-only', 'src/vscode/b.ts', `export * from '../node';`),
  plant('desktop-from-the-root-only', 'src/vscode/c.ts', `export * from './desktop';`),
  plant('protocol-takes-types', 'src/protocol/b.ts', `export { a } from '../api';`),
  plant('plugin-imports', 'src/plugins/catalog/a.ts', `export * from '../../core/ports';`),
  plant(
    'plugin-editor-part-imports',
    'src/plugins/catalog/vscode/a.ts',
    `export * from '../../../vscode';`,
  ),
  plant('webview-imports', 'webview/portal/a.ts', `export * from '../../src/core/ports';`),
  plant('webview-takes-types-of-api', 'webview/portal/b.ts', `export { a } from '../../src/api';`),
  plant('nothing-imports-a-root', 'src/core/catalog/b.ts', `export * from '../../extension';`),
  plant('vscode-in-its-places', 'src/plugins/catalog/b.ts', `export { Uri } from 'vscode';`),
  plant('no-node-built-ins', 'src/core/catalog/c.ts', `export * from 'path';`),
  plant('no-node-built-ins', 'src/plugins/catalog/c.ts', `export * from 'node:path';`),
  plant('no-node-built-ins-beside-the-editor', 'src/vscode/d.ts', `export * from 'node:os';`),
  plant('simple-git-in-its-place', 'src/core/catalog/d.ts', `export * from 'simple-git';`),
  plant('simple-git-in-its-place', 'src/node/b.ts', `export * from 'simple-git';`),
  plant(
    'processes-in-their-places',
    'src/node/c.ts',
    `export const { spawn } = await import('node:child_process');`,
  ),
  plant('processes-in-their-places', 'src/cli/b.ts', `export { exec } from 'child_process';`),
  plant(
    'yaml-language-server-in-language',
    'src/core/catalog/e.ts',
    `export * from 'yaml-language-server';`,
  ),
  plant('matchers-in-their-place', 'src/core/catalog/g.ts', `export * from 'picomatch';`),
  plant('no-development-dependencies', 'src/model/b.ts', `export * from 'fast-check';`),
  plant('no-unknown-modules', 'src/model/c.ts', `export * from './nowhere';`),
  plant('no-cycles', 'src/model/cycle.ts', `export * from './cycle2';`),
  plant('door-of-base', 'src/api/b.ts', `export * from '../base/inner';`),
  plant('door-of-model', 'src/api/c.ts', `export * from '../model/inner';`),
  plant('door-of-api', 'src/core/catalog/f.ts', `export * from '../../api/inner';`),
  plant('door-of-language', 'src/server/b.ts', `export * from '../language/inner';`),
  plant('door-of-protocol', 'src/server/c.ts', `export * from '../protocol/inner';`),
  plant('door-of-node', 'src/server/d.ts', `export * from '../node/inner';`),
  plant('door-of-server', 'src/cli.ts', `export * from './server/inner';`),
  plant('door-of-vscode', 'src/extension.ts', `export * from './vscode/inner';`),
  plant('door-of-core', 'src/language/b.ts', `export * from '../core/catalog/inner';`),
  plant('door-of-engines', 'src/core/search/a.ts', `export * from '../catalog/inner';`),
  plant('door-of-plugins', 'src/cli.ts', `export * from './plugins/catalog/inner';`),
  plant('no-other-barrels', 'src/model/d.ts', `export * from './kinds';`),
];

// What the plants import.
const innocent: Record<string, string> = {
  'src/model/cycle2.ts': `export * from './cycle';`,
  'src/model/kinds/index.ts': `export const a = 1;`,
  'src/cli/inner.ts': `export const a = 1;`,
  'src/core/ports/index.ts': `export const a = 1;`,
  'src/plugins/catalog/vscode/index.ts': `export { Uri } from 'vscode';`,
  'src/vscode/desktop/index.ts': `export * from '../../node';`,
};
for (const area of [
  'base',
  'model',
  'api',
  'language',
  'protocol',
  'node',
  'server',
  'vscode',
  'core/catalog',
  'core/search',
  'plugins/catalog',
]) {
  innocent[`src/${area}/index.ts`] = `export * from './inner';`;
  innocent[`src/${area}/inner.ts`] = `export const a = 1;`;
}

describe('the dependency rules', () => {
  const project = mkdtempSync(join(tmpdir(), 'callboard-rules-'));
  let report: Awaited<ReturnType<typeof cruiseProject>>;

  beforeAll(async () => {
    const codeOf = new Map<string, string>(Object.entries(innocent));
    for (const { from, code } of plants) {
      codeOf.set(from, `${codeOf.get(from) ?? ''}\n${code}`);
    }
    for (const [path, code] of codeOf) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), code);
    }
    for (const file of ['tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(project, file));
    }
    for (const name of ['fast-check', 'ignore', 'simple-git', 'yaml-language-server']) {
      const folder = join(project, 'node_modules', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
      writeFileSync(join(folder, 'index.js'), '');
    }
    report = await cruiseProject(project);
  }, 30_000);

  afterAll(() => rmSync(project, { recursive: true }));

  test.for(plants)('$rule is reported for $from', ({ rule, from }) => {
    expect(report.violations).toContainEqual(expect.objectContaining({ rule, from }));
  });

  test('have a planted violation each', () => {
    const names = dependencyRules().forbidden.map(rule => rule.name);
    expect(names.filter(name => !plants.some(({ rule }) => rule === name))).toEqual([]);
  });

  test('leave alone what they allow', () => {
    const planted = new Set(plants.map(({ from }) => from));
    expect(
      report.violations.filter(({ from, rule }) => !planted.has(from) && rule !== 'no-cycles'),
    ).toEqual([]);
  });

  test('see every source file', () => {
    expect(report.sources.filter(path => !report.cruised.includes(path))).toEqual([]);
  });
});

function plant(rule: string, from: string, code: string): Plant {
  return { rule, from, code };
}
