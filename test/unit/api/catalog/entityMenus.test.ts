import { describe, expect, it } from 'vitest';
import { entityRefsOf } from '../../../../src/api';

const row = { type: 'entity', id: '1', entityRef: 'component:default/shop' };
const other = { type: 'group', id: '2', entityRef: 'group:default/team' };
const page = { webviewSection: 'entity', entityRef: 'component:default/Shop' };

describe('entityRefsOf', () => {
  it.each<[string, unknown[], string[]]>([
    ['a row', [row, undefined], ['component:default/shop']],
    ['selected rows', [row, [row, other, row]], ['component:default/shop', 'group:default/team']],
    ['an entity on a page', [page], ['component:default/shop']],
    ['a ref', ['component:default/shop'], ['component:default/shop']],
    ['a row without an entity', [{ type: 'group', id: '3', entityRef: undefined }], []],
    ['the palette', [], []],
    ['another object', [{ entityRef: 5 }, []], []],
  ])('reads %s', (_, args, refs) => {
    expect(entityRefsOf(...args)).toEqual(refs);
  });
});
