import { describe, expect, it } from 'vitest';
import { canonicalUri } from '../../../../src/server/texts/openTexts';

describe('URI of an open text', () => {
  it.each([
    ['file:///C%3A/a b/%c3%bc.yaml', 'file:///c%3A/a%20b/%C3%BC.yaml'],
    ['untitled:Untitled-1', 'untitled:///Untitled-1'],
    ['untitled:/work/catalog-info.yaml', 'untitled:///work/catalog-info.yaml'],
    ['untitled:///work/catalog-info.yaml', 'untitled:///work/catalog-info.yaml'],
    ['git:/work/a.yaml?{"ref":"HEAD"}', undefined],
  ])('of %s is %s', (uri, canonical) => {
    expect(canonicalUri(uri)).toBe(canonical);
  });
});
