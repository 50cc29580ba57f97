import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { affectedBy, featureWindows } from '../../../scripts/lib/changes.mjs';
import { checks } from '../../../scripts/lib/checks.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';

const affected = (...changed: readonly string[]) => affectedBy(changed, () => true);

describe('a change of', () => {
  it('a page affects its code and only its window', () => {
    const page = 'webview/features/catalog/graph/GraphPage.ts';
    expect(affected(page)).toEqual({
      checks: ['format', 'types', 'lint', 'l10n', 'dependencies', 'trust'],
      files: [page],
      unit: [page],
      browser: ['test/component/portal/graphPage.test.ts'],
      host: [],
      web: [],
    });
  });

  it('documentation affects its format and the tests that read it', () => {
    expect(affected('docs/cli.md')).toMatchObject({
      checks: ['format'],
      unit: ['test/unit/docs/'],
      browser: [],
    });
  });

  it('a test affects itself', () => {
    expect(affected('test/e2e/large.test.ts')).toMatchObject({
      unit: [],
      browser: ['test/e2e/large.test.ts'],
    });
    expect(affected('test/host/live/watch.test.ts')).toMatchObject({ host: ['live'] });
    expect(affected('test/unit/base/uri.test.ts')).toMatchObject({
      unit: ['test/unit/base/uri.test.ts'],
    });
  });

  it('the public API affects its declarations', () => {
    expect(affected('src/api/catalog/catalogViews.ts').checks).toContain('api-types');
  });

  it('the dependencies affects the license notices', () => {
    expect(affected('package-lock.json').checks).toContain('notices');
  });

  it('a deleted file leaves nothing to lint', () => {
    expect(affectedBy(['src/base/uri.ts'], () => false)).toMatchObject({ files: [], unit: [] });
  });
});

describe('table of windows', () => {
  it('names tests that exist', () => {
    const paths = featureWindows.flatMap(({ browser = [], host = [], web = [] }) => [
      ...browser,
      ...host.map(name => `test/host/${name}`),
      ...web.map(name => `test/web/${name}`),
    ]);
    expect(paths.filter(path => !existsSync(inProject(path)))).toEqual([]);
  });

  it('has a row for each file of a feature', () => {
    const files = ['src/features', 'webview/features'].flatMap(folder =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.ts'))
        .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
    );
    expect(files).not.toEqual([]);
    expect(files.filter(path => !featureWindows.some(({ source }) => source.test(path)))).toEqual(
      [],
    );
  });
});

it('affected checks exist', () => {
  const everything = ['package-lock.json', 'src/api/a.ts', 'docs/threat-model.md'];
  const names = checks.map(({ name }) => name);
  expect(affected(...everything).checks.filter(name => !names.includes(name))).toEqual([]);
});
