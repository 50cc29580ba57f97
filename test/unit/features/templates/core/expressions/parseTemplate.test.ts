import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesIn, parseTemplate } from '../../../../../../src/features/templates/core';
import { longRun } from '../../../../../support/longRun';

function paths(source: string): readonly string[] {
  return namesIn(parseTemplate(source)).paths.map(
    ({ names, binding, isOpen, isCalled, isGuarded }) =>
      names.map(({ name }) => name).join('.') +
      (isOpen ? '[]' : '') +
      (isCalled ? '()' : '') +
      (isGuarded ? '?' : '') +
      (binding ? ` (${binding.kind})` : ''),
  );
}

function texts(source: string, spans: readonly { start: number; end: number }[]): string[] {
  return spans.map(({ start, end }) => source.slice(start, end));
}

describe('names that a template reads', () => {
  it.each<[source: string, ...expected: string[]]>([
    ['${{ parameters.a.b }}', 'parameters.a.b'],
    ["${{ steps['fetch-base'].output.url }}", 'steps.fetch-base.output.url'],
    ['${{ a[b].c }}', 'a[]', 'b'],
    ['${{ a.split(b)[0] }}', 'a.split()', 'b'],
    ['${{ range(n) }}', 'range()', 'n'],
    ['${{ a | default(b) | upper }}', 'a?', 'b'],
    ['${{ a if b else c }}', 'a', 'b?', 'c'],
    ['${{ a is defined and b }}', 'a?', 'b'],
    ['${{ not a }}', 'a?'],
    ['{% if a.x %}{% elif a.b %}${{ a.b }}{% endif %}', 'a.x?', 'a.b?', 'a.b?'],
    ['${{ a.b.c if a.b else a.d }}', 'a.b.c?', 'a.b?', 'a.d'],
    ['{% if a.b %}${{ a.b }}${{ a.c }}{% endif %}${{ a.b }}', 'a.b?', 'a.b?', 'a.c', 'a.b'],
    ['${{ a is divisibleby(b) }}', 'a', 'b'],
    ['${{ { k: a, "l": [b, (c)] } }}', 'a', 'b', 'c'],
    ['{% if a %}${{ b }}{% elif c %}${{ d }}{% endif %}', 'a?', 'b', 'c?', 'd'],
    [
      '{% for x in xs %}${{ x.y }}${{ loop.index }}{% endfor %}${{ x }}',
      'xs',
      'x.y (loop)',
      'loop.index (implicit)',
      'x',
    ],
    ['${{ a }}{% set a = b %}${{ a }}', 'a', 'b', 'a (set)'],
    ['{% for x in xs %}{% set a = x %}{% endfor %}${{ a }}', 'xs', 'x (loop)', 'a'],
    [
      '{% macro m(p, q=d) %}${{ p }}${{ m() }}{% endmacro %}${{ m(e) }}',
      'd',
      'p (parameter)',
      'm() (macro)',
      'm() (macro)',
      'e',
    ],
    ['{% raw %}${{ a }}{% endraw %}{# ${{ b }} #}${{ c }}', 'c'],
    ['${{ a.b.length }}', 'a.b.length'],
  ])('%s', (source, ...expected) => {
    expect(paths(source)).toEqual(expected);
    expect(parseTemplate(source).errors).toEqual([]);
  });

  it.each<[source: string, ...expected: string[]]>([
    ['${{ parameters. }}', 'parameters.'],
    ['${{ parameters.', 'parameters.'],
    ['${{ parameters.a | }}', 'parameters.a'],
    ['${{ a ! b }}', 'a', 'b'],
    ['${{ a b.c d }}', 'a', 'b.c', 'd'],
    ['${{ (a, [b }}', 'a', 'b'],
    ['${{ a\n${{ b }}', 'a', 'b'],
    ['${{ "a }} ${{ b }}', 'b'],
    ['{% for x in xs %}${{ x }}', 'xs', 'x (loop)'],
    ['{% if a %}{% for x in b %}{% endif %}${{ x }}', 'a?', 'b', 'x'],
    ["${{ a['b }}", 'a.b '],
  ])('are found in incomplete text: %s', (source, ...expected) => {
    expect(paths(source)).toEqual(expected);
    expect(parseTemplate(source).errors).not.toEqual([]);
  });
});

describe('parts of a template', () => {
  it('have positions in the source', () => {
    const source =
      "a ${{- p.b['c'] | x.y(1) -}} {% if q is odd %}{# d #}{% raw %}r{% endraw %}{% endif %}";
    const { segments, nodes } = parseTemplate(source);
    expect(texts(source, segments)).toEqual([
      'a ',
      "${{- p.b['c'] | x.y(1) -}}",
      ' ',
      '{% if q is odd %}',
      '{# d #}',
      '{% raw %}',
      'r',
      '{% endraw %}',
      '{% endif %}',
    ]);
    const { paths: found, filters, tests } = namesIn({ nodes });
    expect(texts(source, found)).toEqual(["p.b['c", 'q']);
    expect(texts(source, found[0]?.names ?? [])).toEqual(['p', 'b', 'c']);
    expect(
      texts(
        source,
        filters.map(({ name }) => name),
      ),
    ).toEqual(['x.y']);
    expect(
      texts(
        source,
        tests.map(({ name }) => name),
      ),
    ).toEqual(['odd']);
  });

  it('include errors with positions', () => {
    const source = 'x ${{ a | }} {% if b %}${{ c d }}';
    const { errors } = parseTemplate(source);
    expect(errors.map(({ message, start }) => [message, source.slice(start)])).toEqual([
      ['Expected name, received end of input', '}} {% if b %}${{ c d }}'],
      ['Missing endif tag', '{% if b %}${{ c d }}'],
      ['Expected eof, received "d"', 'd }}'],
    ]);
  });
});

describe('any text', () => {
  const pieces = ['${{', '}}', '{%', '%}', '{#', '#}', '-', '"', "'", 'a', '.', '|', '(', '[', '{'];
  const more = [
    ' ',
    '\n',
    '\r\n',
    'if ',
    'for x in ',
    'endif',
    'raw',
    'endraw',
    'r/',
    '\\',
    '1',
    '=',
  ];
  it('is split into segments without gaps, with valid positions', () => {
    assert(
      property(
        array(constantFrom(...pieces, ...more), { maxLength: 40 }),
        string(),
        (parts, end) => {
          const source = parts.join('') + end;
          const template = parseTemplate(source);
          expect(texts(source, template.segments).join('')).toBe(source);
          const { paths: found, filters, tests, bindings } = namesIn(template);
          const named = [...found, ...found.flatMap(({ names }) => names), ...filters, ...tests];
          for (const { start, end: last } of [...template.errors, ...named, ...bindings]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(last).toBeGreaterThanOrEqual(start);
            expect(last).toBeLessThanOrEqual(source.length);
          }
        },
      ),
      longRun({ runs: 400, seed: 20261125 }),
    );
  });

  it.each([
    ['is nested very deep', '${{ ' + '('.repeat(100_000)],
    ['has a very long path', '${{ ' + 'a.'.repeat(100_000)],
    ['has very many additions', '${{ a' + ' + a'.repeat(100_000) + ' }}'],
    ['opens very many expressions', '${{ "'.repeat(50_000)],
    ['opens very many lines', '${{ "\n'.repeat(50_000)],
    ['opens very many statements', '{% if a %}'.repeat(50_000)],
    ['has very many ends', '{% endif %}'.repeat(50_000)],
    ['has very many raw blocks', '{% raw %}'.repeat(50_000)],
    ['has very many negations', '${{ ' + 'not '.repeat(50_000)],
  ])('is parsed in bounded time and depth if it %s', (_, source) => {
    expect(namesIn(parseTemplate(source)).filters).toEqual([]);
  });
});
