/**
 * Paths, case-sensitive, for which Backstage writes no search rows, or below `metadata` rows of a
 * kind of its own.
 *
 * Source: `SPECIAL_KEYS` of `database/operations/stitcher/buildEntitySearch.ts`.
 */
export const SPECIAL_KEYS: ReadonlySet<string> = new Set([
  'attachments',
  'relations',
  'status',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.etag',
]);
