import { describe, expect, it } from 'vitest';
import {
  defaultCatalogOptions,
  readCatalogOptions,
} from '../../../../../src/features/catalog/core';

const read = (settings: Record<string, unknown>) => readCatalogOptions(key => settings[key]);

describe('settings', () => {
  it('use defaults when unset', () => {
    expect(read({})).toEqual({ options: defaultCatalogOptions, errors: [] });
  });

  it('are read unchanged', () => {
    const { options, errors } = read({
      'callboard.catalog.include': ['**/catalog-info.yaml'],
      'callboard.catalog.exclude': [],
      'callboard.catalog.maxFileSize': 1000,
      'callboard.problems.severity': { 'dangling-reference': 'off' },
      'callboard.catalog.ownerFromCodeowners': true,
      'callboard.codeowners.owners': { '@acme/Team': 'group:team' },
      'callboard.scaffolder.actions': ['acme:*'],
      'callboard.catalog.backstage.version': '1.40.2',
    });
    expect(errors).toEqual([]);
    expect(options).toEqual({
      ...defaultCatalogOptions,
      include: ['**/catalog-info.yaml'],
      exclude: [],
      maxFileSize: 1000,
      severities: { 'dangling-reference': 'off' },
      ownerFromCodeowners: true,
      codeownersOwners: { '@acme/team': 'group:team' },
      scaffolderActions: ['acme:*'],
      backstageVersion: '1.40.2',
    });
  });

  it('exclude the patterns enabled in files.exclude', () => {
    const { options } = read({ 'files.exclude': { '**/old': true, '**/new': false } });
    expect(options.filesExclude).toEqual(['**/old']);
  });

  it.each<[string, unknown, string]>([
    ['callboard.catalog.include', '**/*.yaml', 'must be a list of globs'],
    ['callboard.catalog.exclude', [1], 'must be a list of globs'],
    ['callboard.catalog.maxFileSize', 0, 'must be a number of bytes above 0'],
    ['callboard.catalog.backstage.version', 'newest', 'must be a release such as 1.40'],
    ['callboard.catalog.ownerFromCodeowners', 'yes', 'must be true or false'],
    ['callboard.codeowners.owners', 'x', 'must be an object of entity refs by owner'],
    ['callboard.scaffolder.actions', 'acme:*', 'must be a list of ids of actions'],
    ['callboard.problems.severity', [], 'must be an object of severities by problem code'],
  ])('%s rejects %j', (key, value, expected) => {
    expect(read({ [key]: value })).toEqual({
      options: defaultCatalogOptions,
      errors: [`${key} ${expected}`],
    });
  });

  it('accept the former name of a problem code', () => {
    const { options } = read({ 'callboard.problems.severity': { 'misspelt-field': 'off' } });
    expect(options.severities).toEqual({ 'misspelled-field': 'off' });
  });

  it('keep valid severities beside an invalid one', () => {
    const { options, errors } = read({
      'callboard.problems.severity': { 'yaml-syntax': 'fatal', 'unknown-kind': 'hint' },
    });
    expect(options.severities).toEqual({ 'unknown-kind': 'hint' });
    expect(errors).toEqual([
      'callboard.problems.severity.yaml-syntax must be one of error, warning, info, hint, off',
    ]);
  });
});
