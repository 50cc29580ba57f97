import { assert, constantFrom, oneof, array, property, string } from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemplateRenderer, TemplateLimitError, TemplateRenderError } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../../../../src/base';
import { parseTemplate } from '../../../../../../src/features/templates/core';
import { longRun } from '../../../../../support/longRun';
import { sharedMaterial } from '../../../../../support/sharedMaterial';

const corpus = sharedMaterial('corpus', 'Templates of real repositories');

const renderers = {
  plain: createTemplateRenderer(),
  cookiecutter: createTemplateRenderer({ cookiecutterCompat: true }),
};

/** Parse error of the engine for a template. */
function engineError(
  source: string,
  renderer: keyof typeof renderers = 'plain',
): { message: string; offset: number } | undefined {
  try {
    renderers[renderer].render(source, {});
  } catch (error) {
    if (error instanceof TemplateLimitError && error.phase === 'evaluate') return undefined;
    if (!(error instanceof TemplateRenderError)) throw error;
    if (error.phase === 'evaluate') return undefined;
    const { line = 1, column = 1 } = error;
    const offset = new LineIndex(source).offsetOfLine(line - 1) + column - 1;
    return {
      message: error.message.replace(/^Template error at line \d+, column \d+: /, ''),
      offset,
    };
  }
  return undefined;
}

function check(source: string, renderer: keyof typeof renderers = 'plain'): void {
  const options = { cookiecutterCompat: renderer === 'cookiecutter' };
  const { errors, segments } = parseTemplate(source, options);
  const expected = engineError(source, renderer);
  const messages = errors.map(({ message }) => message);
  if (!expected) expect(messages).toEqual([]);
  // The engine checks regular expressions first, and continues a tag at the next one:
  // the order of several errors may differ.
  else if (source.includes('r/') || segments.some(({ isClosed }) => !isClosed)) {
    expect(messages).not.toEqual([]);
  }
  // Its suggestions may differ from ours.
  else expect(messages.map(withoutHint)).toContain(withoutHint(expected.message));
}

function withoutHint(message: string): string {
  return message.replace(/; did you mean .*/, '');
}

/** Pieces that are valid code in most orders, and invalid in others. */
const code = [
  'parameters',
  'a',
  'steps',
  'x',
  'if',
  'else',
  'in',
  'not',
  'is',
  'and',
  'or',
  'true',
  'none',
  'defined',
  'constructor',
  'loop',
  '.a',
  '.0b',
  "['b']",
  '[0]',
  '[1:]',
  '[',
  ']',
  '(',
  ')',
  '()',
  '(a, b=1)',
  '{',
  '}',
  '{a: 1}',
  ':',
  ',',
  '.',
  '|',
  '| upper',
  "| default('x')",
  '|a.b',
  '+',
  '-',
  '~',
  '*',
  '/',
  '//',
  '%',
  '**',
  '==',
  '===',
  '!=',
  '<',
  '>=',
  '=',
  '!',
  '$',
  '#',
  "''",
  "':'",
  "']'",
  "'=='",
  "'not'",
  "'in'",
  "'='",
  "'text'",
  '"a}}b"',
  "'\\''",
  "'",
  '1',
  '1.5',
  '1.',
  '.5',
  '2x',
  'r/a/g',
  'r/a/q',
  'r/a',
  'é',
  '\n',
  '\u00a0',
  '\t',
];

const tags = [
  'if a',
  'elif b',
  'elseif c',
  'else',
  'endif',
  'endif x',
  'for x in list',
  'for k, v in m',
  'for x',
  'for loop in a',
  'endfor',
  'set a = 1',
  'set a, b = c',
  'set a',
  'set a == b',
  'endset',
  'macro m(a, b=1)',
  'macro m',
  'macro true()',
  'macro m(1)',
  'endmacro',
  'call m()',
  'call(x) m()',
  'call a.b()',
  'call a',
  'call a[b]()',
  'endcall',
  'filter upper',
  'filter a.b(1)',
  'filter 1',
  'endfilter',
  'block a',
  'block b',
  'block 1',
  'endblock',
  'endblock a',
  'switch a',
  'case 1',
  'case',
  'default',
  'endswitch',
  'raw',
  'endraw',
  'verbatim',
  'endverbatim',
  'raw x',
  'include "a"',
  'extends "a"',
  'fro',
  'sett',
  '',
  '1',
  'endx',
  'for a in b if c',
  'set true = 1',
  'set a =',
];

const expressions = array(constantFrom(...code), { maxLength: 8 }).map(
  parts => `\${{ ${parts.join(' ')} }}`,
);
const tight = array(constantFrom(...code), { maxLength: 6 }).map(
  parts => `\${{${parts.join('')}}}`,
);
const statements = constantFrom(...tags).chain(tag =>
  constantFrom(`{% ${tag} %}`, `{%- ${tag} -%}`, `{%${tag}%}`, `{% ${tag}\n%}`),
);
const text = constantFrom(
  '',
  ' ',
  '\n',
  'text',
  '{',
  '}}',
  '%}',
  '${',
  '{{ a }}',
  '{# c #}',
  '#}',
  '{#',
);
const templates = array(oneof(statements, statements, expressions, text), { maxLength: 9 }).map(
  parts => parts.join(''),
);

describe("templates are accepted exactly if Backstage's engine accepts them", () => {
  it.each([
    ['${{ a if b else c }}'],
    ['${{ a if b else c if d else e }}'],
    ['${{ not a is b is c }}'],
    ['${{ a in b is c }}'],
    ['${{ - -a }}'],
    ["${{ a '' }}"],
    ["${{ a | '' }}"],
    ["${{ a[':'] }}"],
    ["${{ a[0:']'] }}"],
    ["${{ a '==' b }}"],
    ["${{ a 'not' in b }}"],
    ["${{ a(b '=' 1) }}"],
    ['${{ -+-a }}'],
    ['${{ a }} ${{'],
    ['${{ "a }}'],
    ['{% if a'],
    ['{# a'],
    ['${{ a | b.c(d)[0] }}'],
    ['${{ {a: {b: 1}} }}'],
    ['{% raw %}${{ {% raw %} %} {% endraw %}{% endraw %}'],
    ['{% raw %}x{%- endraw %}'],
    ['{%- raw -%}x{% endraw %}'],
    ['{% switch a %} {% case 1 %}{% endswitch %}'],
    ['{% switch a %}{# c #}{% case 1 %} {% default %}{% endswitch %}'],
    ['{% set a %}{% if b %}{% macro m() %}{% endmacro %}{% endif %}{% endset %}'],
    ['{% block a %}{% endblock %}\n{% block a %}{% endblock %}'],
    [`\${{ ${'('.repeat(511)}a${')'.repeat(511)} }}`],
    ['{% if a %}'.repeat(500) + '{% endif %}'.repeat(500)],
  ])('%s', source => check(source));

  it('in expressions', () => {
    assert(
      property(oneof(expressions, tight), source => check(source)),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });

  it('in statements', () => {
    assert(
      property(templates, source => check(source)),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });

  it('with the delimiters of cookiecutter', () => {
    assert(
      property(templates, source => check(source.replaceAll('${{', '{{'), 'cookiecutter')),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });
});

it.skipIf(!corpus)('files of real repositories are parsed as by the engine', () => {
  const files = readdirSync(corpus ?? '', { recursive: true, withFileTypes: true });
  let count = 0;
  for (const file of files) {
    if (!file.isFile() || /\.(png|jpg|ico|jar|gz|tsv)$/.test(file.name)) continue;
    const source = readFileSync(join(file.parentPath, file.name), 'utf8');
    if (!/\{[{%#]/.test(source)) continue;
    count++;
    check(source);
    check(source, 'cookiecutter');
  }
  expect(count).toBeGreaterThan(100);
});

describe('position of an error', () => {
  it('is the same as in the engine', () => {
    assert(
      property(oneof(expressions, tight), string(), (expression, before) => {
        const source = before.replace(/[{#]/g, '') + expression;
        const expected = source.includes('r/') ? undefined : engineError(source);
        const found = parseTemplate(source).errors.find(
          ({ message }) => message === expected?.message,
        );
        expect(found?.start).toBe(expected?.offset);
      }),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });
});
