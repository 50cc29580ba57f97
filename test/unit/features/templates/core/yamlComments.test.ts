import { expect, it } from 'vitest';
import { yamlComments } from '../../../../../src/features/templates/core';

const commentsIn = (text: string, file = 'a.yaml'): readonly string[] =>
  yamlComments(`file:///${file}`, text).map(({ start, end }) => text.slice(start, end));

it.each<[what: string, text: string, ...comments: string[]]>([
  ['a line of its own', '# ${{ values.a }}\nb: 1\n', '# ${{ values.a }}'],
  ['the end of a line', 'a: ${{ values.a }} # ${{ values.b }}\n', '# ${{ values.b }}'],
  ['no sign in a value', 'a: x#${{ values.a }}\nb: "# c"\n'],
  ['no line of a block', 'run: |\n  # ${{ values.a }}\n  make\n# c\n', '# c'],
  [
    'a line after statements',
    'run: |\n  a\n{% if values.a %}\n  b\n{% endif %}\n# ${{ values.c }}\n',
    '# ${{ values.c }}',
  ],
  ['no comment of the template', '{# ${{ values.a }} #}\na: 1\n'],
  ['no comment in an expression', 'a: ${{ "# b" }}\n'],
  ['lines of invalid YAML', 'a: [\n# b\n  }: {{\n# c', '# b', '# c'],
])('finds %s', (_, text, ...comments) => {
  expect(commentsIn(text)).toEqual(comments);
});

it('finds no comments in other files', () => {
  expect(commentsIn('# a\n', 'README.md')).toEqual([]);
  expect(commentsIn('# a\n', 'ci.yml.njk')).toEqual(['# a']);
});
