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

// One violation per rule. Each has its own file, so that the report for that file is this
// violation.
const plants: Plant[] = [
  plant('base-imports', 'src/base/a.ts', `export * from '../model';`),
  plant('model-imports', 'src/model/a.ts', `export * from '../api';`),
  plant('api-imports', 'src/api/a.ts', `export * from '../platform/core';`),
  plant('platform-core-imports', 'src/platform/core/a.ts', `export * from '../node';`),
  plant('platform-node-imports', 'src/platform/node/a.ts', `export * from '../vscode/inner';`),
  plant('platform-vscode-imports', 'src/platform/vscode/a.ts', `export * from '../../server';`),
  plant('core-imports', 'src/features/scm/core/a.ts', `export * from '../../catalog/core';`),
  plant('core-imports', 'src/features/catalog/core/a.ts', `export * from '../language';`),
  plant('language-imports', 'src/features/catalog/language/a.ts', `export * from '../protocol';`),
  plant('protocol-imports', 'src/features/catalog/protocol/a.ts', `export * from '../language';`),
  plant('plugin-imports', 'src/features/catalog/plugin/a.ts', `export * from '../../scm/core';`),
  plant('plugin-imports', 'src/features/catalog/plugin/b.ts', `export * from './vscode';`),
  plant('plugin-imports', 'src/features/catalog/plugin/d.ts', `export * from '../../../base';`),
  plant('plugin-imports', 'src/features/catalog/plugin/e.ts', `export * from '../../../model';`),
  plant(
    'plugin-editor-part-imports',
    'src/features/catalog/plugin/vscode/a.ts',
    `export * from '../../../../platform/vscode/inner';`,
  ),
  plant('node-imports', 'src/features/catalog/node/a.ts', `export * from '../vscode';`),
  plant('vscode-imports', 'src/features/catalog/vscode/a.ts', `export * from '../plugin';`),
  plant('command-imports', 'src/features/catalog/cli/a.ts', `export * from '../vscode';`),
  plant('cli-imports', 'src/cli/a.ts', `export * from '../platform/vscode/inner';`),
  plant('cli-from-its-root-only', 'src/server/a.ts', `export * from '../cli/inner';`),
  plant('server-imports', 'src/server/b.ts', `export * from '../platform/vscode/inner';`),
  plant('node-in-desktop-only', 'src/platform/vscode/b.ts', `export * from '../node';`),
  plant('desktop-from-the-root-only', 'src/platform/vscode/c.ts', `export * from './desktop/b';`),
  plant(
    'protocol-takes-types',
    'src/features/catalog/protocol/b.ts',
    `export { a } from '../../../api';`,
  ),
  plant('webview-imports', 'webview/portal/a.ts', `export * from '../../src/platform/core';`),
  plant('webview-takes-types-of-api', 'webview/portal/b.ts', `export { a } from '../../src/api';`),
  plant('nothing-imports-a-root', 'src/server/c.ts', `export * from '../extension';`),
  plant('vscode-in-its-places', 'src/features/catalog/core/b.ts', `export { Uri } from 'vscode';`),
  plant('no-node-built-ins', 'src/features/catalog/core/c.ts', `export * from 'path';`),
  plant('no-node-built-ins', 'src/features/catalog/plugin/c.ts', `export * from 'node:path';`),
  plant(
    'no-node-built-ins-beside-the-editor',
    'src/features/catalog/plugin/vscode/b.ts',
    `export * from 'node:os';`,
  ),
  plant('no-node-built-ins-beside-the-editor', 'src/platform/vscode/d.ts', `export * from 'os';`),
  plant('simple-git-in-its-place', 'src/features/catalog/core/d.ts', `export * from 'simple-git';`),
  plant('simple-git-in-its-place', 'src/platform/node/b.ts', `export * from 'simple-git';`),
  plant(
    'processes-in-their-places',
    'src/platform/node/c.ts',
    `export const { spawn } = await import('node:child_process');`,
  ),
  plant('processes-in-their-places', 'src/cli/b.ts', `export { exec } from 'child_process';`),
  plant(
    'yaml-language-server-in-language',
    'src/features/catalog/language/b.ts',
    `export * from 'yaml-language-server';`,
  ),
  plant('matchers-in-their-place', 'src/features/catalog/core/e.ts', `export * from 'picomatch';`),
  plant('no-development-dependencies', 'src/model/b.ts', `export * from 'fast-check';`),
  plant('no-unknown-modules', 'src/model/c.ts', `export * from './nowhere';`),
  plant('no-cycles', 'src/model/cycle.ts', `export * from './cycle2';`),
  plant('doors', 'src/api/b.ts', `export * from '../base/inner';`),
  plant('doors', 'src/cli/c.ts', `export * from '../features/catalog/core/inner';`),
  plant(
    'doors-of-segments',
    'src/features/search/core/b.ts',
    `export * from '../../scm/core/inner';`,
  ),
  plant('no-other-barrels', 'src/model/d.ts', `export * from './kinds';`),
];

// Files that the plants import.
const innocent: Record<string, string> = {
  'src/extension.ts': `export const a = 1;`,
  'src/model/cycle2.ts': `export * from './cycle';`,
  'src/model/kinds/index.ts': `export const a = 1;`,
  'src/cli/inner.ts': `export const a = 1;`,
  'src/platform/vscode/inner.ts': `export const a = 1;`,
  'src/features/catalog/plugin/vscode/index.ts': `export { Uri } from 'vscode';`,
  'src/platform/vscode/desktop/b.ts': `export * from '../../node';\nexport * from 'node:path';`,
};
for (const area of [
  'base',
  'model',
  'api',
  'server',
  'platform/core',
  'platform/node',
  ...['core', 'language', 'plugin', 'protocol', 'vscode'].map(name => `features/catalog/${name}`),
  'features/scm/core',
]) {
  innocent[`src/${area}/index.ts`] = `export * from './inner';`;
  innocent[`src/${area}/inner.ts`] = `export const a = 1;`;
}

describe('dependency rules', () => {
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
  });

  afterAll(() => rmSync(project, { recursive: true }));

  test.for(plants)('report $rule for $from', ({ rule, from }) => {
    expect(report.violations).toContainEqual(expect.objectContaining({ rule, from }));
  });

  test('each have a planted violation', () => {
    const names = dependencyRules().forbidden.map(rule => rule.name);
    expect(names.filter(name => !plants.some(({ rule }) => rule === name))).toEqual([]);
  });

  test('report only the planted violations', () => {
    const planted = new Set(plants.map(({ from }) => from));
    expect(
      report.violations.filter(({ from, rule }) => !planted.has(from) && rule !== 'no-cycles'),
    ).toEqual([]);
  });

  test('check every source file', () => {
    expect(report.sources.filter(path => !report.cruised.includes(path))).toEqual([]);
  });
});

function plant(rule: string, from: string, code: string): Plant {
  return { rule, from, code };
}
