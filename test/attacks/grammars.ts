import type { Format } from './attack';

/** Syntax of a format, for the families that attack its readers. */
export interface Grammar {
  /** Pairs of opening and closing text that can be nested. */
  readonly nests: readonly (readonly [open: string, close: string])[];
  /** Parts that the syntax is made of. */
  readonly pieces: readonly string[];
  /** Gives names values, all of them as written. */
  readonly pairs: (entries: readonly (readonly [name: string, value: string])[]) => string;
  /** A value that is this text. */
  readonly quote: (text: string) => string;
  /** Levels that each refer `width` times to the previous one. */
  readonly aliases?: (levels: number, width: number) => string;
  /** Whether only valid inputs reach the reader: texts are quoted, and openings are closed. */
  readonly isStrict?: boolean;
}

type Entries = readonly (readonly [name: string, value: string])[];

const json = (text: string): string => JSON.stringify(text);
const asIs = (text: string): string => text;
const lines =
  (between: string) =>
  (entries: Entries): string =>
    entries.map(([name, value]) => `${name}${between}${value}`).join('\n');
const jsonObject = (entries: Entries): string =>
  `{${entries.map(([name, value]) => `${json(name)}:${value}`).join(',')}}`;
/** Level by level. */
const levelsOf = (levels: number, level: (index: number) => string): string =>
  Array.from({ length: levels }, (_, index) => level(index)).join('\n');
const times = (width: number, text: string, between: string): string =>
  Array<string>(width).fill(text).join(between);

const jsonReferences = (levels: number, width: number): string =>
  jsonObject(
    Array.from({ length: levels }, (_, level): [string, string] => {
      const reference = `{"$ref":"#/l${level - 1}"}`;
      return [`l${level}`, level ? `{"allOf":[${times(width, reference, ',')}]}` : '{}'];
    }),
  );

export const grammars: Readonly<Record<Format, Grammar>> = {
  archive: { nests: [], pieces: ['\0', 'PK\x03\x04', 'ustar'], pairs: lines(''), quote: asIs },
  codeowners: {
    nests: [['[', ']']],
    pieces: ['*', '**/', '/', '\\', '\\ ', '?', '[', '[A]', '^[A]', '[A][2]', '@a', ' ', '#', '!'],
    pairs: lines(' '),
    quote: text => text.replaceAll(/\s/g, '\\ '),
  },
  expression: {
    nests: [
      ['(', ')'],
      ['[', ']'],
      ['{a:', '}'],
      ['-', ''],
      ['not ', ''],
      ['a if ', ' else b'],
      ['{% if a %}', '{% endif %}'],
      ['{% for a in b %}', '{% endfor %}'],
      ['${{ ', ' }}'],
      ['{% raw %}', '{% endraw %}'],
    ],
    pieces: [
      '${{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '-',
      '|',
      '.',
      '"',
      "'",
      '\\',
      'r/',
      '/g',
      'a',
      '1',
      ' ',
      '\n',
      'set a = ',
      'raw',
      'endraw',
      'if ',
      'else',
      '**',
      'parseRepoUrl',
      'is not ',
    ],
    pairs: entries =>
      `\${{ {${entries.map(([name, value]) => `${json(name)}: ${value}`).join(', ')}} }}`,
    quote: json,
    aliases: (levels, width) =>
      levelsOf(levels, level =>
        level
          ? `{% set a${level} = [${times(width, `a${level - 1}`, ', ')}] %}`
          : '{% set a0 = 1 %}',
      ),
  },
  git: {
    nests: [['[a "', '"]']],
    pieces: ['[', ']', '"', '\\', '=', '\n', '\t', ';', '#', '[remote "', 'url = ', ' ', 'ref: '],
    pairs: lines(' = '),
    quote: json,
  },
  glob: {
    nests: [
      ['{', '}'],
      ['!(', ')'],
      ['+(', ')'],
      ['*(', ')'],
      ['[', ']'],
      ['(', ')'],
    ],
    pieces: ['*', '**/', '?', '{a,', '}', '[a-', '[!', ']', '\\', '/', 'a', '.', '!', ','],
    pairs: entries => entries.map(([name, value]) => `{${name},${value}}`).join('/'),
    quote: asIs,
    aliases: (levels, width) => times(levels, `{${times(width, 'a', ',')}}`, ''),
  },
  graphql: {
    nests: [
      ['type A { a: ', ' }'],
      ['[', ']'],
      ['{ a: ', ' }'],
      ['"""', '"""'],
      ['query { a ', ' }'],
    ],
    pieces: ['type A', ' { ', ' }', 'a: ', '!', '[', ']', '@a', '("', '"""', '#', '&', '|', '\n'],
    pairs: entries =>
      `type A {\n${entries.map(([name, value]) => `${name}: ${value}`).join('\n')}\n}`,
    quote: json,
    aliases: (levels, width) =>
      levelsOf(levels, level =>
        level
          ? `type T${level} { ${times(width, `a: T${level - 1}`, ' ')} }`
          : 'type T0 { a: Int }',
      ),
  },
  html: {
    nests: [
      ['<div>', '</div>'],
      ['<nav><ul><li>', '</li></ul></nav>'],
      ['<!--', '-->'],
      ['<a href="', '">'],
      ['<svg>', '</svg>'],
      ['<h1>', '</h1>'],
    ],
    pieces: ['<', '>', '</', '<a ', '="', '&', '&amp;', '&#', '<!--', '<![CDATA[', '<p>', '<td>'],
    pairs: entries =>
      entries.map(([name, value]) => `<p ${name}="${value}">${value}</p>`).join('\n'),
    quote: asIs,
  },
  javascript: {
    nests: [
      ['router({ a: ', ' })'],
      ['(', ')'],
      ['[', ']'],
      ['`${', '}`'],
      ['/*', '*/'],
    ],
    pieces: ['router(', '{', '}', 'a: ', '.query(', '.mutation(', '/', '`', '"', '//', '=>', '${'],
    pairs: entries =>
      `router({${entries.map(([name, value]) => `${name}: ${value}`).join(',\n')}})`,
    quote: json,
  },
  json: {
    nests: [
      ['[', ']'],
      ['{"a":', '}'],
      ['/*', '*/'],
    ],
    pieces: ['{', '}', '[', ']', '"', ':', ',', '\\u', '\\', '1e', '-', 'null', '//', '\n'],
    pairs: jsonObject,
    quote: json,
    aliases: jsonReferences,
  },
  markdown: {
    nests: [
      ['> ', ''],
      ['- ', ''],
      ['[', '](a)'],
      ['![', '](a)'],
      ['*', '*'],
      ['<div markdown>\n', '\n</div>'],
      ['<span>', '</span>'],
      ['{++', '++}'],
      ['`', '`'],
      ['^', '^'],
    ],
    pieces: [
      '*',
      '_',
      '`',
      '[',
      '](',
      ')',
      '![',
      '[^',
      ']: ',
      '<',
      '<!--',
      '|',
      '-|',
      '#',
      '\n',
      '\n\n',
      '    ',
      '--8<-- "',
      '!!! a',
      '=== "a"',
      '{: #',
      '}',
      '~~',
      '$$',
      '\\',
      '&#',
      ':a',
    ],
    pairs: entries => entries.map(([name, value]) => `[${name}]: ${value}`).join('\n'),
    quote: asIs,
    aliases: (levels, width) =>
      levelsOf(levels, level =>
        level ? `[^${level}]: ${times(width, `[^${level - 1}]`, ' ')}\n` : '[^0]: a\n',
      ),
  },
  pattern: {
    nests: [
      ['(', ')'],
      ['(?:', ')+'],
      ['(a|', ')*'],
      ['[', ']'],
      ['(?=', ')'],
    ],
    pieces: [
      '(a+)+',
      '(a|a)*',
      '.*',
      '\\d',
      '[^a]',
      '{2,9}',
      '{1000}',
      '$',
      '^',
      '|',
      '\\',
      '(?<a>',
    ],
    pairs: entries => entries.map(([name, value]) => `(?<${name}>${value})`).join('|'),
    quote: asIs,
    aliases: (levels, width) => `${'('.repeat(levels)}a${`){${width}}`.repeat(levels)}`,
  },
  proto: {
    nests: [
      ['message A { ', ' }'],
      ['oneof a { ', ' }'],
      ['/*', '*/'],
      ['option (a) = { a: ', ' };'],
    ],
    pieces: [
      'message ',
      '{',
      '}',
      'rpc A(',
      'stream ',
      ') returns (',
      ';',
      '"',
      '//',
      '/*',
      ' = 1',
    ],
    pairs: entries =>
      `message A {\n${entries.map(([name, value]) => `${value} ${name} = 1;`).join('\n')}\n}`,
    quote: json,
  },
  text: {
    nests: [
      ['(', ')'],
      ['"', '"'],
      ['[', ']'],
    ],
    pieces: [' ', '"', '-', ':', ',', 'kind:', 'a', '/', '=', '#', '\t', '\n', '%', '@', '.'],
    pairs: entries => entries.map(([name, value]) => `${name}:${value}`).join(' '),
    quote: json,
  },
  toml: {
    nests: [
      ['[', ']'],
      ['{ a = ', ' }'],
      ['a.', 'b'],
      ['"""', '"""'],
    ],
    pieces: ['[', ']', '[[', ']]', '=', '"', "'''", '\\', '.', '#', '\n', 'a', '1979-05-27'],
    pairs: lines(' = '),
    quote: json,
  },
  url: {
    nests: [
      ['https://a@', ''],
      ['?a=', ''],
      ['%25', ''],
      ['../', ''],
    ],
    pieces: ['/', '//', '..', '%2e', '%2f', '\\', '@', ':', '?', '#', 'https:', 'a', '[', ']', '*'],
    pairs: entries => `?${entries.map(([name, value]) => `${name}=${value}`).join('&')}`,
    quote: asIs,
  },
  value: {
    nests: [
      ['[', ']'],
      ['{"a":', '}'],
      ['[{},', ']'],
    ],
    pieces: ['null', '1', '-1e400', '"a"', 'true', '{}', '[]', '""', '[null]'],
    pairs: jsonObject,
    quote: json,
    aliases: jsonReferences,
    isStrict: true,
  },
  xml: {
    nests: [
      ['<a>', '</a>'],
      ['<!--', '-->'],
      ['<![CDATA[', ']]>'],
      ['<parent>', '</parent>'],
    ],
    pieces: [
      '<',
      '>',
      '</',
      '<!',
      '<!--',
      '&',
      '&a;',
      '<name>',
      '</name>',
      '"',
      '=',
      '<?xml',
      '\n',
    ],
    pairs: entries => entries.map(([name, value]) => `<${name}>${value}</${name}>`).join('\n'),
    quote: asIs,
    aliases: (levels, width) =>
      `<!DOCTYPE a [${levelsOf(levels, level => `<!ENTITY l${level} "${times(width, level ? `&l${level - 1};` : 'a', '')}">`)}]><name>&l${levels - 1};</name>`,
  },
  yaml: {
    nests: [
      ['[', ']'],
      ['{a: ', '}'],
      ['- ', ''],
      ['? ', ''],
      ['!!seq [', ']'],
      ['&a [', ']'],
    ],
    pieces: [
      '[',
      ']',
      '{',
      '}',
      ', ',
      ': ',
      '- ',
      '? ',
      '"',
      "'",
      '|\n',
      '>-\n',
      '\n',
      '\n  ',
      '#',
      '&a ',
      '*a',
      '!!binary ',
      '!a ',
      '<<: ',
      '---\n',
      '...\n',
      '%YAML 1.2\n',
      '\t',
      '0x',
      '~',
    ],
    pairs: entries => `{${entries.map(([name, value]) => `${json(name)}: ${value}`).join(', ')}}`,
    quote: json,
    aliases: (levels, width) =>
      `{${Array.from({ length: levels }, (_, level) => `l${level}: &l${level} [${level ? times(width, `*l${level - 1}`, ', ') : 'lol'}]`).join(', ')}}`,
  },
};
