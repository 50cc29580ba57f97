/**
 * Filters that Backstage's scaffolder adds to the language.
 *
 * Source: `createDefaultFilters` of `plugins/scaffolder-backend` 4.3.0.
 */
export const backstageFilterNames = [
  'parseRepoUrl',
  'parseEntityRef',
  'pick',
  'projectSlug',
] as const;

/** Filters of the language. Source: the standard library of nunjitsu 0.7.0. */
export const languageFilterNames = [
  'abs',
  'batch',
  'capitalize',
  'center',
  'd',
  'default',
  'dictsort',
  'dump',
  'e',
  'escape',
  'first',
  'float',
  'forceescape',
  'groupby',
  'indent',
  'int',
  'join',
  'last',
  'length',
  'list',
  'lower',
  'nl2br',
  'random',
  'reject',
  'rejectattr',
  'replace',
  'reverse',
  'round',
  'safe',
  'select',
  'selectattr',
  'slice',
  'sort',
  'string',
  'striptags',
  'sum',
  'title',
  'trim',
  'truncate',
  'upper',
  'urlencode',
  'urlize',
  'wordcount',
] as const;

/** Functions of every template. A backend may add others. */
export const templateGlobalNames = ['range', 'cycler', 'joiner'] as const;

/** Filters of every Backstage. A backend may add others. */
export const templateFilterNames: ReadonlySet<string> = new Set([
  ...backstageFilterNames,
  ...languageFilterNames,
]);
