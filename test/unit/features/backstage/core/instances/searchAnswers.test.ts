import { expect, it } from 'vitest';
import { readSearchPage } from '../../../../../../src/features/backstage/core/instances/searchAnswers';

/** The shown text of a result, with its marks. */
function shown(marked: string, [preTag, postTag] = ['<b>', '</b>']) {
  const highlight = { preTag, postTag, fields: { text: marked } };
  const document = { title: 't', text: 'plain', location: '/x' };
  const page = readSearchPage({ results: [{ type: 'x', document, highlight }] });
  return page?.results[0]?.text;
}

it.each([
  ['a <b>word</b> and <b>more</b>.', 'a word and more.', ['word', 'more']],
  ['<b>word', 'word', []],
  ['<b>one <b>two</b> three</b>', 'one two three</b>', ['two']],
  ['</b>a <b></b>b', '</b>a b', []],
])('marks text between tags in %j', (marked, text, words) => {
  const found = shown(marked);
  expect(found?.text).toBe(text);
  expect(found?.marks.map(([from, to]) => text.slice(from, to))).toEqual(words);
});

it('reads only the shown part of a document', () => {
  const word = 'a'.repeat(50);
  const found = shown(`${word}${`<b>${word}</b>`.repeat(50_000)}`);
  expect(found?.text).toHaveLength(400);
  expect(found?.marks).toHaveLength(7);
});

it.each([
  ['closes', '<b></b>'],
  ['does not close', '<b>'],
])('shows plain text of a document that repeatedly %s tags', (_, tags) => {
  const marked = `${tags.repeat(20_000)}<b>word</b>`;
  expect(shown(marked)).toEqual({ text: 'plain', marks: [] });
});
