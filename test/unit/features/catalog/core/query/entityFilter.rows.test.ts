import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesFilter } from '../../../../../../src/features/catalog/core/query/entityFilter';
import type { Entity, JsonValue } from '../../../../../../src/model';

/** All rows that Backstage's catalog stores for an entity, computed in the simplest way. */
function rowsOf(entity: Entity): [key: string, value: string | null][] {
  const rows: [string, JsonValue | undefined][] = [];
  const skipped = /^(attachments|relations|status|metadata\.(name|namespace|uid|etag))$/;
  const visit = (path: string, node: JsonValue | undefined): void => {
    if (skipped.test(path)) return;
    if (Array.isArray(node)) {
      for (const item of node) {
        visit(path, item);
        if (typeof item === 'string') rows.push([`${path}.${item}`, true]);
      }
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) visit(path ? `${path}.${key}` : key, child);
    } else {
      rows.push([path, node]);
    }
  };
  visit('', JSON.parse(JSON.stringify(entity)) as JsonValue);
  const { name, namespace, uid } = entity.metadata;
  rows.push(['metadata.name', name], ['metadata.uid', uid], ['metadata.namespace', namespace]);
  if (!namespace) rows.push(['metadata.namespace', 'default']);
  for (const { type, targetRef } of entity.relations ?? []) {
    rows.push([`relations.${type}`, targetRef]);
  }
  return rows
    .filter(([key]) => key.length <= 200)
    .map(([key, value]) => {
      const text =
        value === undefined || typeof value === 'object' ? null : String(value).toLowerCase();
      return [key.toLowerCase(), text !== null && text.length <= 200 ? text : null];
    });
}

// A few short names with dots, so that paths often coincide.
const names = fc.constantFrom('a', 'B', 'a.b', 'b.a', 'c', 'name', '', 'status');
const scalars = fc.constantFrom('a', 'b.a', 'C', '', 'true', true, false, null, 3);
const { node } = fc.letrec<{ node: JsonValue }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(names, tie('node'), { maxKeys: 3 }),
  ),
}));
const entities = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constantFrom('A', 'b'),
  metadata: fc
    .dictionary(names, node, { maxKeys: 3 })
    .map(rest => ({ ...rest, name: 'n', ...('c' in rest && { namespace: 'C' }) })),
  spec: fc.dictionary(names, node, { maxKeys: 4 }),
  relations: fc.array(
    fc.record({ type: fc.constantFrom('a', 'ownedBy'), targetRef: fc.constantFrom('a', 'B') }),
    { maxLength: 2 },
  ),
});
const segments = fc.constantFrom('a', 'b', 'B', 'c', 'name', 'a.b', '');
const keys = fc
  .tuple(
    fc.constantFrom('kind', 'metadata', 'spec', 'relations', 'status'),
    fc.array(segments, { maxLength: 4 }),
  )
  .map(([first, rest]) => [first, ...rest].join('.'));
const values = fc.constantFrom('a', 'B', 'b.a', 'c', '', 'TRUE', 'null', '3', 'default');

it('matches like a search of all rows', () => {
  fc.assert(
    fc.property(entities, keys, fc.option(values, { nil: undefined }), (entity, key, value) => {
      const expected = rowsOf(entity).some(
        row =>
          row[0] === key.toLowerCase() && (value === undefined || row[1] === value.toLowerCase()),
      );
      const condition = value === undefined ? { key } : { key, values: [value] };
      expect(matchesFilter(entity, [[condition]])).toBe(expected);
    }),
    { numRuns: 3000, seed: 20 },
  );
});
