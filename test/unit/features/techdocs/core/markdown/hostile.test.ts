import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';
import { growth, LINEAR } from '../../../../../support/growth';
import { isLongRun } from '../../../../../support/longRun';

// Pages that are written to keep a reader busy. Work is bounded by the length of a page. A normal run compares two small
// sizes; a long run renders pages of a megabyte, which would not end in quadratic time.

const engine = new MarkdownEngine();
const many = (text: string, times: number): string => text.repeat(times);
const lines = (text: string, count: number): string => many(`${text}\n`, count / text.length);
const numbered = (line: (index: number) => string, times: number): string =>
  Array.from({ length: times }, (_, index) => line(index)).join('\n');

const SMALL = 1000;
const LARGE = 100_000;

const pages: readonly (readonly [name: string, text: (count: number) => string])[] = [
  ['asterisks', count => many('*', count)],
  ['emphasis that is not closed', count => many('*a **b ', count)],
  ['emphasis that is closed', count => many('*a* ', count)],
  ['delimiters of all kinds', count => many('*_~^=', count)],
  ['deep carets', count => many('^a^^b', count)],
  ['underscores in words', count => many('_a', count)],
  ['opening brackets', count => many('[', count)],
  ['links that are not closed', count => many('[a](', count)],
  ['titles that are not closed', count => many('[a](b "', count)],
  ['links', count => many('[a](b)', count)],
  ['parentheses', count => `[a](b${many('(', count)}`],
  ['quotes in a title', count => `[a](b ${many('"', count)}`],
  ['references to nothing', count => many('[a][b]', count)],
  ['footnotes that are not closed', count => many('[^\n', count)],
  ['definitions of references', count => lines('[a]: b', count)],
  ['abbreviations that are not closed', count => lines('*[', count)],
  [
    'abbreviations',
    count => `${numbered(index => `*[A${index}]: x`, count / 50)}\n\n${many('A1 ', count)}`,
  ],
  ['only abbreviations', count => numbered(index => `*[A${index}]: x`, count / 5)],
  ['an abbreviation without an end', count => `*[A${many('b', count)}]: x\n\nA`],
  ['less-than signs', count => many('<', count)],
  ['tags that are not closed', count => many('<a ', count)],
  ['attributes that are not closed', count => many('<a b="', count)],
  ['comments that are not closed', count => many('<!--', count)],
  ['end tags that are not closed', count => many('</a', count)],
  ['elements in elements', count => many('<div>', count)],
  ['elements with Markdown in elements', count => many('<div markdown>\n', count)],
  ['backticks', count => many('`', count)],
  [
    'runs of backticks, each longer',
    count => numbered(index => `${many('`', index + 1)}a`, Math.sqrt(1.6 * count)),
  ],
  ['escaped backticks', count => many('\\`', count)],
  ['critic marks that are not closed', count => many('{~~a~>', count)],
  ['quotes in quotes', count => many('> ', count)],
  ['lists in lists', count => many('- ', count)],
  [
    'indented lists',
    count => numbered(index => `${' '.repeat(2 * index)}- a`, Math.sqrt(0.9 * count)),
  ],
  ['list items', count => lines('- a', count)],
  ['headers', count => lines('# a', count)],
  ['headers of one name', count => many('# a\n\n', count / 5)],
  ['number signs', count => `# ${many('#', count)}`],
  ['underlined headers', count => lines('a\n===', count)],
  ['headers, and what all but opens a box', count => lines('# a\n!!! a !', count)],
  ['rules', count => lines('---', count)],
  ['definitions', count => lines(': a', count)],
  ['cells', count => `${many('a|', count)}\n${many('-|', count)}\n${many('b|', count)}`],
  ['rows', count => `a|b\n-|-\n${lines('c|d', count)}`],
  ['admonitions', count => lines('!!! note', count)],
  ['a page of headers, and a sign', count => `${lines('# a', count)}!!!`],
  ['tabs', count => lines('=== "a"', count)],
  ['details', count => lines('???+ "x"', count)],
  ['fences', count => lines('```', count)],
  ['a fence that is not closed', count => `\`\`\`\n${many('a\n', count)}`],
  ['options of fences', count => `\`\`\`a ${many('b="" ', count)}!`],
  ['code by indentation', count => many('    a\n\n', count / 6)],
  ['addresses', count => many('http://a.', count)],
  ['an address of dots', count => `http://a${many('.', count)}`],
  ['mail', count => many('a@', count)],
  ['emojis', count => many(':a', count)],
  ['attribute lists', count => `# a ${many('{a ', count)}`],
  ['includes that are not closed', count => many('--8<-- "', count / 8)],
  ['a line of a megabyte', count => many('a', 10 * count)],
  ['words of a megabyte', count => many('a ', 5 * count)],
  ['spaces in a header with attributes', count => `# a {x}${many(' ', 10 * count)}b`],
  ['spaces in a cell', count => `|a|\n|-|\n|b${many(' ', 10 * count)}c|`],
  ['lines without text in code', count => `    a\n${many('\n', 10 * count)}    b`],
  ['greater-than signs in a definition', count => `[a]: b${many('>', 10 * count)}c`],
  ['slashes in a target', count => `[a](b${many('/', 10 * count)}c)`],
  ['spaces of a megabyte', count => many(' ', 10 * count)],
];

/** Rows lack as many cells as rows times columns; only a limited number is added. */
const rowsThatLackCells = (count: number): string =>
  `${many('a|', count / 5)}\n${many('-|', count / 5)}\n${many('b\n', count / 100)}`;

const render = (text: string) => engine.renderWithIncludes(text, () => Promise.resolve(undefined));

/** Expects proportional output: a line becomes at most a code block with line numbers. */
async function expectProportion(text: string): Promise<void> {
  const page = await render(text);
  expect(page.html.length).toBeLessThan(100_000 + 200 * text.length);
}

/** Growth of the time to render a page with its length. */
function growthOf(
  text: (count: number) => string,
  run: (text: string) => Promise<unknown>,
): Promise<number> {
  const texts = new Map([SMALL, 4 * SMALL].map(count => [count, text(count)]));
  return growth(count => run(texts.get(count) ?? ''), SMALL);
}

const header = (count: number): string => `# a {x}${many(' ', 10 * count)}b`;
const index = (text: string) => engine.indexWithIncludes(text, () => Promise.resolve(undefined));

describe('hostile page', () => {
  it.each(pages)('of %s takes linear time', async (_name, text) => {
    await expectProportion(text(4 * SMALL));
    expect(await growthOf(text, render)).toBeLessThan(LINEAR);
  });

  it('of rows that lack cells gets a limited number of them', async () => {
    await expectProportion(rowsThatLackCells(LARGE));
  });

  it('of spaces in a header is indexed in linear time', async () => {
    expect((await index(header(SMALL))).anchors).toMatchObject([{ heading: { level: 1 } }]);
    expect(await growthOf(header, index)).toBeLessThan(LINEAR);
  });
});

describe.runIf(isLongRun)('hostile page of a megabyte', () => {
  it.each(pages)('of %s ends', async (_name, text) => {
    await expectProportion(text(LARGE));
  });

  it('of spaces in a header is indexed fast', async () => {
    expect((await index(header(LARGE))).anchors).toMatchObject([{ heading: { level: 1 } }]);
  });
});
