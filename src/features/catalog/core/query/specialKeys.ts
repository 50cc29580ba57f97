/**
 * Paths, case-sensitive, for which Backstage stores no search rows, or special ones for `metadata`.
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
