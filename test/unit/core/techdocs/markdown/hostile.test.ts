import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../src/core/techdocs';

// What was written to keep a reader busy. Work is bounded by the length of a page: where it were its
// square, these would not come to an end before the test is given up.

const engine = new MarkdownEngine();
const count = 100_000;
const many = (text: string, times = count): string => text.repeat(times);
const lines = (text: string): string => many(`${text}\n`, Math.floor(count / text.length));
const numbered = (line: (index: number) => string, times: number): string =>
  Array.from({ length: times }, (_, index) => line(index)).join('\n');

const pages: readonly (readonly [name: string, text: string])[] = [
  ['asterisks', many('*')],
  ['emphasis that is not closed', many('*a **b ')],
  ['emphasis that is closed', many('*a* ')],
  ['delimiters of all kinds', many('*_~^=')],
  ['deep carets', many('^a^^b')],
  ['underscores in words', many('_a')],
  ['opening brackets', many('[')],
  ['links that are not closed', many('[a](')],
  ['titles that are not closed', many('[a](b "')],
  ['links', many('[a](b)')],
  ['parentheses', `[a](b${many('(')}`],
  ['quotes in a title', `[a](b ${many('"')}`],
  ['references to nothing', many('[a][b]')],
  ['footnotes that are not closed', many('[^\n')],
  ['definitions of references', lines('[a]: b')],
  ['abbreviations that are not closed', lines('*[')],
  ['abbreviations', `${numbered(index => `*[A${index}]: x`, 2000)}\n\n${many('A1 ')}`],
  ['abbreviations alone', numbered(index => `*[A${index}]: x`, 20_000)],
  ['an abbreviation without an end', `*[A${many('b')}]: x\n\nA`],
  ['less-than signs', many('<')],
  ['tags that are not closed', many('<a ')],
  ['attributes that are not closed', many('<a b="')],
  ['comments that are not closed', many('<!--')],
  ['end tags that are not closed', many('</a')],
  ['elements in elements', many('<div>')],
  ['elements with Markdown in elements', many('<div markdown>\n')],
  ['backticks', many('`')],
  ['runs of backticks, each longer', numbered(index => `${many('`', index + 1)}a`, 400)],
  ['escaped backticks', many('\\`')],
  ['critic marks that are not closed', many('{~~a~>')],
  ['quotes in quotes', many('> ')],
  ['lists in lists', many('- ')],
  ['indented lists', numbered(index => `${' '.repeat(2 * index)}- a`, 300)],
  ['list items', lines('- a')],
  ['headers', lines('# a')],
  ['headers of one name', many('# a\n\n', count / 5)],
  ['number signs', `# ${many('#')}`],
  ['underlined headers', lines('a\n===')],
  ['headers, and what all but opens a box', lines('# a\n!!! a !')],
  ['rules', lines('---')],
  ['definitions', lines(': a')],
  ['cells', `${many('a|')}\n${many('-|')}\n${many('b|')}`],
  ['rows', `a|b\n-|-\n${lines('c|d')}`],
  ['rows that lack cells', `${many('a|', 20_000)}\n${many('-|', 20_000)}\n${many('b\n', 1000)}`],
  ['admonitions', lines('!!! note')],
  ['a page of headers, and a sign', `${lines('# a')}!!!`],
  ['tabs', lines('=== "a"')],
  ['details', lines('???+ "x"')],
  ['fences', lines('```')],
  ['a fence that is not closed', `\`\`\`\n${many('a\n')}`],
  ['options of fences', `\`\`\`a ${many('b="" ')}!`],
  ['code by indentation', many('    a\n\n', count / 6)],
  ['addresses', many('http://a.')],
  ['an address of dots', `http://a${many('.')}`],
  ['mail', many('a@')],
  ['emojis', many(':a')],
  ['attribute lists', `# a ${many('{a ')}`],
  ['includes that are not closed', many('--8<-- "', count / 8)],
  ['a line of a megabyte', many('a', 1_000_000)],
  ['words of a megabyte', many('a ', 500_000)],
  ['spaces in a header with attributes', `# a {x}${many(' ', 1_000_000)}b`],
  ['spaces in a cell', `|a|\n|-|\n|b${many(' ', 1_000_000)}c|`],
  ['lines without text in code', `    a\n${many('\n', 1_000_000)}    b`],
  ['greater-than signs in a definition', `[a]: b${many('>', 1_000_000)}c`],
  ['slashes in a target', `[a](b${many('/', 1_000_000)}c)`],
  ['spaces of a megabyte', many(' ', 1_000_000)],
];

describe('a hostile page', () => {
  it.each(pages)('of %s comes to an end', async (_name, text) => {
    const page = await engine.renderWithIncludes(text, () => Promise.resolve(undefined));

    // Nothing grows out of proportion: a block of code with its numbers is the most that a line becomes.
    expect(page.html.length).toBeLessThan(100_000 + 200 * text.length);
  });

  it('of spaces in a header is indexed soon', async () => {
    const text = `# a {x}${many(' ', 1_000_000)}b`;
    const index = await engine.indexWithIncludes(text, () => Promise.resolve(undefined));
    expect(index.anchors).toMatchObject([{ heading: { level: 1 } }]);
  });
});
