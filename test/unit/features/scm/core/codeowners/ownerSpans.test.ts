import { describe, expect, it } from 'vitest';
import { ownerSpans } from '../../../../../../src/features/scm/core/codeowners';

describe('places of an owner in CODEOWNERS', () => {
  function found(text: string): readonly string[] {
    return ownerSpans(text, '@acme/a').map(
      ({ start, end }) => `${text.slice(0, start).split('\n').length}:${text.slice(start, end)}`,
    );
  }

  it.each([
    ['* @acme/a', ['1:@acme/a']],
    ['* @b @ACME/A\r\n\n  /x\t@acme/a\r\n', ['1:@ACME/A', '3:@acme/a']],
    ['/a\\ b @acme/a', ['1:@acme/a']],
    ['[Docs][2] @acme/a @b', ['1:@acme/a']],
    ['^[The docs] @acme/a', ['1:@acme/a']],
  ])('are found in %j', (text, places) => {
    expect(found(text)).toEqual(places);
  });

  it.each([
    '* @acme/ab @b/acme/a',
    '# * @acme/a',
    '* @b # @acme/a',
    '@acme/a @b',
    '/x\\ @acme/a @b',
    '',
  ])('are missing in %j', text => {
    expect(found(text)).toEqual([]);
  });
});
