import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, type ParsedQuery } from '../../../../../../src/features/search/core';
import { aQueryText } from './queryTexts';

const nothing: ParsedQuery = {
  words: [],
  phrases: [],
  excludedWords: [],
  excludedPhrases: [],
  filters: [],
  isUnfinished: false,
  isPhraseOpen: false,
};

const is = (field: string, value: string) => ({ field, value, isExcluded: false });
const not = (field: string, value: string) => ({ field, value, isExcluded: true });

describe('parseQuery', () => {
  it.each<[string, object]>([
    ['', {}],
    ['Payment Servce', { words: ['payment', 'servce'], isUnfinished: true }],
    ['\tpay\n ', { words: ['pay'] }],
    ['"Safety Drill" pay ', { words: ['pay'], phrases: [['safety', 'drill']] }],
    ['"a" "b"c', { words: ['c'], phrases: [['a'], ['b']], isUnfinished: true }],
    ['pay"a b"', { words: ['pay'], phrases: [['a', 'b']] }],
    [
      'pay "safety dri',
      { words: ['pay'], phrases: [['safety', 'dri']], isUnfinished: true, isPhraseOpen: true },
    ],
    ['"safety ', { phrases: [['safety']], isPhraseOpen: true }],
    ['pay -java', { words: ['pay'], excludedWords: ['java'] }],
    ['-"safety drill" -"x', { excludedPhrases: [['safety', 'drill'], ['x']] }],
    ['pay-gateway', { words: ['pay-gateway'], isUnfinished: true }],
    ['--verbose', { words: ['--verbose'], isUnfinished: true }],
    ['C++ #go @scope/x', { words: ['c++', '#go', '@scope/x'], isUnfinished: true }],
  ])('parses words and phrases of %j', (text, expected) => {
    expect(parseQuery(text)).toEqual({ ...nothing, ...expected });
  });

  it.each([
    ['kind:api', [is('kind', 'api')]],
    ['KIND:API,Component', [is('kind', 'api'), is('kind', 'component')]],
    ['-tag:java,go', [not('tag', 'java'), not('tag', 'go')]],
    ['system:"Ticket Sales",other', [is('system', 'ticket sales'), is('system', 'other')]],
    ['owner:group:default/team-a', [is('owner', 'group:default/team-a')]],
    ['owner:me lifecycle:production', [is('owner', 'me'), is('lifecycle', 'production')]],
    ['type:"a, b', [is('type', 'a, b')]],
    ['type:a" b"', [is('type', 'a b')]],
    ['tag:__proto__', [is('tag', '__proto__')]],
    ['tag:a,,b,', [is('tag', 'a'), is('tag', 'b')]],
  ])('parses filters of %s', (text, filters) => {
    expect(parseQuery(text)).toEqual({ ...nothing, filters });
  });

  it.each([
    ['pay kind:', ['pay']],
    ['kind: pay ', ['pay']],
    ['pay -owner:', ['pay']],
    ['pay system:"', ['pay']],
    ['http://x/y', ['http://x/y']],
    ['GET:/a', ['get:/a']],
    ['foo:bar foo:', ['foo:bar', 'foo:']],
    ['__proto__:x', ['__proto__:x']],
    ['mykind:api', ['mykind:api']],
  ])('parses no filter in %s', (text, words) => {
    expect(parseQuery(text)).toMatchObject({ words, filters: [] });
  });

  it.each(['-', '--', '"', '""', '" "', '-"', '-""', ' - " '])('ignores %j', text => {
    expect(parseQuery(text)).toEqual(nothing);
  });

  const types = [
    { id: 'catalog', title: 'Catalog' },
    { id: 'docs', title: 'Docs' },
    { id: 'todo', title: 'Open Ends' },
    { id: 'tools', title: 'Tools' },
  ];
  it.each([
    ['docs', ['docs']],
    ['Doc', ['docs']],
    ['techdocs', ['docs']],
    ['api', ['apis']],
    ['operations', ['apis']],
    ['entities', ['catalog']],
    ['users', ['people']],
    ['group', ['people']],
    ['template', ['templates']],
    ['"open ends"', ['todo']],
    ['do', ['docs']],
    ['to', ['todo', 'tools']],
    ['nowhere', ['nowhere']],
    ['constructor', ['constructor']],
  ])('resolves in:%s', (written, ids) => {
    expect(parseQuery(`in:${written}`, types).filters).toEqual(ids.map(id => is('in', id)));
  });

  it('lowercases words and values', () => {
    fc.assert(
      fc.property(aQueryText, text => {
        const { words, excludedWords, phrases, excludedPhrases, filters } = parseQuery(text);
        const terms = [words, excludedWords, ...phrases, ...excludedPhrases].flat();
        expect(terms.filter(word => word === '' || /[\s"]/.test(word))).toEqual([]);
        const all = [...terms, ...filters.map(({ value }) => value)];
        expect(all).toEqual(all.map(one => one.toLowerCase()));
      }),
    );
  });

  it('ignores parts above its limits', () => {
    const { words, excludedWords, phrases, excludedPhrases, isUnfinished } = parseQuery(
      'a -b "c" -"d" '.repeat(100).trim() + ' e',
    );
    const counts = [words, excludedWords, phrases, excludedPhrases].map(({ length }) => length);
    expect([counts, isUnfinished]).toEqual([[32, 32, 32, 32], false]);
  });

  it.each<[begin: string, piece: string, filters: number]>([
    ['', '"', 0],
    ['', '-"a ', 0],
    ['kind:', '"', 0],
    ['kind:', ',', 0],
    ['kind:', 'a,', 100_000],
    ['', 'kind:a ', 100_000],
    ['', 'kind:', 1],
  ])('parses %s and very many of %s', (begin, piece, filters) => {
    expect(parseQuery(begin + piece.repeat(100_000)).filters).toHaveLength(filters);
  });
});
