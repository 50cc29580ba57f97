import { describe, expect, it } from 'vitest';
import { readOwnerMapping } from '../../../src/model';

describe('readOwnerMapping', () => {
  it('reports invalid entries', () => {
    expect(readOwnerMapping({ '@a': 'b', '@c': 4, '@d': 'x:y:z/' })).toEqual({
      mapping: { '@a': 'b' },
      problems: [
        '["@c"] must be a reference such as "group:default/team-a"',
        '["@d"] must be a reference such as "group:default/team-a"',
      ],
    });
    expect(readOwnerMapping([]).problems).toEqual(['must be an object of entity refs by owner']);
    expect(readOwnerMapping(undefined)).toEqual({ mapping: {}, problems: [] });
  });
});
