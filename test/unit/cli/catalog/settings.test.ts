import { expect, it } from 'vitest';
import { readSettings } from '../../../../src/cli/catalog/folderSettings';

const path = '.vscode/settings.json';

it('reads JSON with comments and trailing commas', () => {
  const settings = readSettings('{ // why\n "callboard.catalog.exclude": ["a",], }', path);
  expect(settings).toMatchObject({ isConfigured: true, warnings: [] });
  expect(settings.get('callboard.catalog.exclude')).toEqual(['a']);
});

it('uses the settings before a syntax error and reports its place', () => {
  const settings = readSettings('{ "callboard.a": 1,\n "b": ] }', path);
  expect(settings.get('callboard.a')).toBe(1);
  expect(settings.warnings).toEqual([expect.stringMatching(/^\.vscode\/settings\.json:2:\d+: /)]);
});

it.each(['', '[1]', '"text"', 'null', '{{{{'])('has no settings in %j', text => {
  const settings = readSettings(text, path);
  expect(settings.isConfigured).toBe(false);
  expect(settings.get('length')).toBeUndefined();
  expect(settings.get('toString')).toBeUndefined();
  expect(settings.warnings).toHaveLength(text === '' ? 0 : 1);
});

it('uses no settings that are nested too deep', () => {
  const settings = readSettings(`{ "callboard.a": ${'['.repeat(50_000)}`, path);
  expect(settings.isConfigured).toBe(false);
  expect(settings.warnings).toEqual([
    '.vscode/settings.json: nested deeper than 200 levels; no settings are used',
  ]);
});

it('extends the folders that VS Code excludes by default', () => {
  const { get } = readSettings('{ "files.exclude": { "dist": true, "**/.hg": false } }', path);
  expect(get('files.exclude')).toMatchObject({ '**/.git': true, '**/.hg': false, dist: true });
});
