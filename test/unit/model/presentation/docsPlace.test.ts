import { describe, expect, it } from 'vitest';
import { readPlaceInDocs, writePlaceInDocs } from '../../../../src/model/presentation';

describe('places in docs', () => {
  it.each([
    ['index.md', { path: 'index.md' }],
    ['guide/set up.md#install', { path: 'guide/set up.md', anchor: 'install' }],
    ['c%23.md', { path: 'c#.md' }],
    ['100%25.md#a#b%20', { path: '100%.md', anchor: 'a#b%20' }],
  ])('are written and read as text: %s', (written, place) => {
    expect(writePlaceInDocs(place)).toBe(written);
    expect(readPlaceInDocs(written)).toEqual(place);
  });

  it('are read literally if they are not encoded', () => {
    expect(readPlaceInDocs('100%.md')).toEqual({ path: '100%.md' });
    expect(readPlaceInDocs('#install')).toBeUndefined();
    expect(readPlaceInDocs('')).toBeUndefined();
  });
});
