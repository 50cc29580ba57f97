import { describe, expect, it } from 'vitest';
import { YamlText } from '../../../../src/features/authoring/language';
import { encodedTokens } from '../../../../src/server/requests/plainItems';

const text = new YamlText({ uri: 'file:///a.yaml', version: 1, text: 'a: b\nc: group:d\n' });

describe('semantic tokens', () => {
  it('are encoded relative to each other in text order', () => {
    expect(
      encodedTokens(text, [
        { start: 14, end: 15, type: 'class', modifiers: ['unresolved'] },
        { start: 3, end: 4, type: 'string' },
        { start: 8, end: 13, type: 'type' },
      ]),
    ).toEqual([0, 3, 1, 8, 0, 1, 3, 5, 0, 0, 0, 6, 1, 2, 1]);
  });

  it('do not overlap: the first one found counts', () => {
    expect(
      encodedTokens(text, [
        { start: 8, end: 13, type: 'type' },
        { start: 8, end: 13, type: 'string' },
        { start: 10, end: 15, type: 'class' },
      ]),
    ).toEqual([1, 3, 5, 0, 0]);
  });
});
