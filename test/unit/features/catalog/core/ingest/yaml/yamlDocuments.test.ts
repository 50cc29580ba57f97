import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, parseDocument, type YAMLError } from 'yaml';
import type {
  FieldPath,
  YamlDocument,
} from '../../../../../../../src/features/catalog/core/ingest/yaml/yamlDocument';
import { parseYamlDocuments } from '../../../../../../../src/features/catalog/core/ingest/yaml/yamlDocuments';
import { composeDocuments } from '../../../../../../../src/platform/core/yaml';
import { isLongRun } from '../../../../../../support/longRun';
import { marked, textAt } from '../../../../../../support/markedText';
import { sharedMaterial } from '../../../../../../support/sharedMaterial';

function parseOne(text: string): YamlDocument {
  const [document] = parseYamlDocuments(text);
  if (!document) throw new Error('There is no document');
  return document;
}

function values(text: string): readonly unknown[] {
  return parseYamlDocuments(text).map(({ value }) => value);
}

/** The fault codes of each document. */
function faults(text: string): readonly (readonly string[])[] {
  return parseYamlDocuments(text).map(document => document.faults.map(({ code }) => code));
}

describe('values', () => {
  it.each([
    ['keep `yes` and dates as text', 'a: yes\nb: 2020-01-01\n', { a: 'yes', b: '2020-01-01' }],
    ['numbers', 'a: 0x1F\nb: 0o17\nc: 1_000\nd: 1e3\n', { a: 31, b: 15, c: '1_000', d: 1000 }],
    ['use text keys', '1: a\nnull: b\ntrue: c\n', { 1: 'a', '': 'b', true: 'c' }],
    ['accept structures as keys', '? [a, b]\n: c\n', { '[ a, b ]': 'c' }],
    [
      "don't support merge keys",
      'a: &a {x: 1}\nb:\n  <<: *a\n',
      { a: { x: 1 }, b: { '<<': { x: 1 } } },
    ],
    ['ignore unknown tags', 'a: !custom z\n', { a: 'z' }],
    ['accept NUL as text', 'a: x\0y\n', { a: 'x\0y' }],
    ['accept a lone surrogate as text', 'a: "\ud800"\n', { a: '\ud800' }],
    ['exclude a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ['CRLF', 'a: |\r\n  x\r\n  y\r\n', { a: 'x\ny\n' }],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual([expected]);
  });

  it.each(['aGVsbG8=', '"%%%"', 'aGVs bG8', '_-8', 'aGVsb', '"YQ==YQ=="', "''"])(
    'parses binary %s like JSON.stringify in Node',
    text => {
      const source = `a: !!binary ${text}\n`;
      expect(values(source)).toEqual([JSON.parse(JSON.stringify(parseDocument(source)))]);
    },
  );

  it('applies a YAML directive', () => {
    expect(values('a: yes\n...\n%YAML 1.1\n---\na: yes\n')).toEqual([{ a: 'yes' }, { a: true }]);
  });
});

describe('documents', () => {
  it.each([
    ['are none in empty text', '', []],
    ['are none in comments', '# one\n# two\n', []],
    ['include empty ones', '---\n---\na: 1\n---\n', [null, { a: 1 }, null]],
    [
      'can have comments around the marker',
      '# x\n---\n# y\na: 1\n# z\n--- # w\nb: 2\n',
      [{ a: 1 }, { b: 2 }],
    ],
    ['ends', 'a: 1\n...\nb: 2\n...\n# c\n---\nc: 3\n', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ["can start on the marker's line", '--- a\n--- [b]\n', ['a', ['b']]],
    ["aren't separated by markers inside text", 'a: |\n  ---\n  b\n', [{ a: '---\nb\n' }]],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('distinguish empty documents from others', () => {
    const documents = parseYamlDocuments('---\n# x\n---\nnull\n---\na: 1\n--- [\n');
    expect(documents.map(({ isEmpty }) => isEmpty)).toEqual([true, true, false, false]);
  });

  it('have their own text with comments', () => {
    const text = '# one\na: 1\n---\n# two\nb: 2\n# end\n';
    expect(parseYamlDocuments(text).map(({ source }) => source)).toEqual([
      '# one\na: 1\n',
      '---\n# two\nb: 2\n# end\n',
    ]);
  });

  it.each([
    ['a flow sequence', 'a: [1'],
    ['a flow map', 'a: {b: 1'],
    ['a double quote', 'a: "b'],
    ['a single quote', "a: 'b"],
    ['a tab', 'a:\n\tb: 1'],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2'],
    ['an undefined alias', 'a: *b'],
    ['a directive after an error', 'a: 1\n} | %YAML 1.1\nb: 2'],
    ['two directives', 'a: | %YAML 1.2\nb: | %YAML 1.2\nc: 2'],
  ])('are kept when one of them is broken by %s', (_, broken) => {
    const text = (content: string): string => `x: 1\n---\n${content}\n---\ny: "2"\n---\nz: 3\n`;
    expect(faults(text(broken))).toEqual([[], ['yaml-syntax'], [], []]);
    const [first, , ...others] = values(text(broken));
    expect([first, ...others]).toEqual([{ x: 1 }, { y: '2' }, { z: 3 }]);
  });

  it.each([
    ['the last', 'x: 1\n---\na: "b\n', [[], ['yaml-syntax']]],
    ['without other quotes', 'a: "b\n---\nx: 1\n', [['yaml-syntax'], []]],
    ['after its own marker', '---\na: "b\n---\nx: 1\n', [['yaml-syntax'], []]],
    ['two of them', `a: "b\n---\nc: 'd\n---\nx: 1\n`, [['yaml-syntax'], ['yaml-syntax'], []]],
  ])("are kept when a quote isn't closed: %s", (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it("don't apply directives of the previous document", () => {
    const text = 'a: 1\n} | %YAML 1.1\nb: 2\n# c\n---\na: yes\n';
    expect(values(text)).toEqual([{ a: 1 }, { a: 'yes' }]);
    expect(parseYamlDocuments(text).map(({ source }) => source)).toEqual([
      'a: 1\n} | %YAML 1.1\nb: 2\n# c\n',
      '---\na: yes\n',
    ]);
  });

  it('are kept when one of them is nested too deeply', () => {
    const text = `x: 1\n---\na: ${'['.repeat(3000)}\n---\n? ${'- '.repeat(3000)}\n---\ny: 2\n`;
    expect(faults(text)).toEqual([[], ['yaml-nesting'], ['yaml-nesting'], []]);
    expect(values(text)).toEqual([{ x: 1 }, undefined, undefined, { y: 2 }]);
  });

  it('keep their positions after a rejected document', () => {
    const { text, ranges } = marked(`a: "b\n---\n${'- '.repeat(500)}\n---\n<|name: x|>\n`);
    expect(parseYamlDocuments(text).at(-1)?.range).toEqual({
      start: ranges[0]?.start,
      end: { line: 5, character: 0 },
    });
  });
});

describe('faults', () => {
  it("have the parser's position and message without its excerpt", () => {
    expect(parseOne('a: [1\n').faults).toEqual([
      {
        code: 'yaml-syntax',
        message:
          'Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1',
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      },
    ]);
  });

  it('mark every duplicate key', () => {
    const { text, ranges } = marked('one: 1\nb: 1\n<|one|>: 2\n<|b|>: 3\n');
    const { faults } = parseOne(text);
    expect(faults.map(({ range }) => range)).toEqual(ranges);
    expect(faults.map(({ message }) => message)).toEqual([
      'Map keys must be unique at line 3, column 1',
      'Map keys must be unique at line 4, column 1',
    ]);
  });

  it.each([
    ['a: 1\n"a": 2\n', 1],
    ['{a: 1, b: 2, a}\n', 1],
    ['- {a: 1, a: 2}\n- ? {a: 1, a: 2}\n  : {a: 1, a: 1, a: 1}\n', 4],
    ['1: x\n"1": y\n', 0],
    ['.nan: x\n.nan: y\n', 0],
    ['? [a]\n: x\n? [a]\n: y\n', 0],
    ['a: 1\na: 2\nb: [\n', 1],
    ['a: [1 2]\nb: 1\nb: 2\n', 1],
  ])('include the same duplicate keys as `yaml`: %j', (text, count) => {
    const duplicates = (errors: readonly YAMLError[]) =>
      errors.filter(({ code }) => code === 'DUPLICATE_KEY').map(({ pos }) => pos);
    const options = { merge: false, prettyErrors: false } as const;
    const [document] = composeDocuments(text, 10);
    const expected = parseDocument(text, options).errors;
    expect(duplicates(expected)).toHaveLength(count);
    expect(duplicates(document?.document?.errors ?? [])).toEqual(duplicates(expected));
    expect(document?.document?.errors[0]?.code).toBe(expected[0]?.code);
  });

  it('are found in a mapping with very many keys', () => {
    // Quadratic time would take many minutes.
    const count = isLongRun ? 100_000 : 10_000;
    const text = Array.from({ length: count }, (_, index) => `k${index}: 1\n`).join('');
    const { faults } = parseOne(`${text}k7: 2\n`);
    expect(faults.map(({ range }) => range.start.line)).toEqual([count]);
  });

  it('mark an alias without an anchor', () => {
    const { text, ranges } = marked('a: &x 1\nb: *x\nc: <|*y|>\n');
    expect(parseOne(text).faults.map(({ range }) => range)).toEqual(ranges);
  });

  it('mark an alias that refers to its own container', () => {
    const { text, ranges } = marked('a: &x\n  b: &y {}\n  c: [*y, { d: <|*x|> }]\n');
    expect(parseOne(text)).toMatchObject({
      value: undefined,
      faults: [
        {
          code: 'yaml-aliases',
          message: 'The alias *x refers to a value that contains it',
          range: ranges[0],
        },
      ],
    });
  });

  it('leave a partial value of a broken document', () => {
    expect(parseOne('kind: Component\nmetadata:\n  name: x\nspec: [\n').value).toMatchObject({
      kind: 'Component',
      metadata: { name: 'x' },
    });
  });
});

describe('positions', () => {
  const { text, ranges } = marked(
    [
      '<|kind|>: <|Component|>',
      '<|metadata|>:',
      '  name: <|"a name"|>',
      '  tags:',
      '    - <|one|>',
      '    - <|two|>',
      '  "quoted key": <|[x, y]|>',
      '  <|empty|>:',
      '  1: <|number|>',
      '',
    ].join('\n'),
  );
  const cases: [FieldPath, 'key' | 'value', number][] = [
    [['kind'], 'key', 0],
    [['kind'], 'value', 1],
    [['metadata'], 'key', 2],
    [['metadata', 'name'], 'value', 3],
    [['metadata', 'tags', 0], 'value', 4],
    [['metadata', 'tags', 1], 'value', 5],
    [['metadata', 'quoted key'], 'value', 6],
    [['metadata', 'empty'], 'value', 7],
    [['metadata', '1'], 'value', 8],
    [['metadata', 'missing'], 'value', 2],
    [['metadata', 'missing', 'deeper'], 'key', 2],
    [['metadata', 'empty', 'deeper'], 'value', 7],
    [['kind', 'deeper'], 'value', 0],
  ];

  for (const [name, lineEnd] of Object.entries({ LF: '\n', CRLF: '\r\n' })) {
    it.each(cases)(`${name}: %j, the %s`, (path, at, expected) => {
      const document = parseOne(text.replaceAll('\n', lineEnd));
      expect(document.locate(path, at)).toEqual(ranges[expected]);
    });
  }

  it('count a byte order mark', () => {
    expect(parseOne('\uFEFFa: b\n').locate(['a'], 'value').start).toEqual({
      line: 0,
      character: 4,
    });
  });

  it("mark a document's first line for a missing root field", () => {
    const { text, ranges } = marked('---\n# x\n<|kind: Component|>\nmetadata: {}\n');
    expect(parseOne(text).locate(['apiVersion'], 'value')).toEqual(ranges[0]);
  });

  it('locate values in a second document', () => {
    const { text, ranges } = marked('a: 1\n---\nb:\n  - c: <|2|>\n');
    expect(parseYamlDocuments(text)[1]?.locate(['b', 0, 'c'], 'value')).toEqual(ranges[0]);
  });

  it('return the text of a value as written', () => {
    const document = parseOne("a: 'it''s'\nb: {x:  1}\n");
    expect([document.sourceOf(['a']), document.sourceOf(['b']), document.sourceOf(['c'])]).toEqual([
      "'it''s'",
      '{x:  1}',
      undefined,
    ]);
  });

  it('enclose the content of a document', () => {
    const text = '# x\n---\n# y\na: 1\nb: 2\n# z\n';
    expect(textAt(text, parseOne(text).range)).toBe('a: 1\nb: 2\n');
  });
});

describe('hostile text', () => {
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghij'].map(
      (name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]}, `.repeat(10)}]`,
    ),
  ].join('\n');
  const stairs = (step: string): string => {
    const lines: string[] = [];
    for (let depth = 0, size = 0; size < 5e6; depth++) {
      const line = `${' '.repeat(depth)}${step}`;
      lines.push(line);
      size += line.length + 1;
    }
    return lines.join('\n');
  };

  it.each([
    ['a billion laughs', laughs, 'yaml-aliases'],
    [
      'a few aliases of a large list',
      `a: &a\n${'  - 1\n'.repeat(20_000)}b:\n${'  - *a\n'.repeat(50)}`,
      'yaml-aliases',
    ],
    ['open brackets', `a: ${'['.repeat(1e6)}`, 'yaml-nesting'],
    ['closed brackets', `a: ${'['.repeat(500)}${']'.repeat(500)}`, 'yaml-nesting'],
    ['open braces', `a: ${'{a: '.repeat(1e5)}`, 'yaml-nesting'],
    ['compact sequences', `${'- '.repeat(1e6)}a`, 'yaml-nesting'],
    ['compact keys', `${'? '.repeat(1e6)}a`, 'yaml-nesting'],
    ['keys on one line', 'a: '.repeat(1e5), 'yaml-nesting'],
    ['5 MB of block maps', stairs('a:'), 'yaml-nesting'],
    ['5 MB of block sequences', stairs('-'), 'yaml-nesting'],
    ['thousands of tags', '!a '.repeat(1e5), 'yaml-syntax'],
    ['thousands of errors on one line', '- !!seq '.repeat(2e4), 'yaml-syntax'],
  ])('%s', (_, text, code) => {
    expect(faults(text)).toEqual([[code]]);
  });

  it('accepts 200 levels', () => {
    expect(faults(`${'['.repeat(200)}${']'.repeat(200)}`)).toEqual([[]]);
    expect(faults(`${'['.repeat(201)}${']'.repeat(201)}`)).toEqual([['yaml-nesting']]);
  });

  it('accepts brackets in text', () => {
    expect(faults(`a: |\n${'  [ {\n'.repeat(5000)}b: "${'[{'.repeat(5000)}"\n`)).toEqual([[]]);
  });

  it('accepts a text of 5 MB', () => {
    expect(values(`a: ${'x'.repeat(5e6)}\n`)).toEqual([{ a: 'x'.repeat(5e6) }]);
  });

  it('accepts many documents and locates values without scanning all', () => {
    const documents = parseYamlDocuments('- a\n- b\n---\n'.repeat(20_000));
    expect(documents).toHaveLength(20_001);
    expect(documents.at(-2)?.locate(['kind'], 'value')).toEqual({
      start: { line: 59_997, character: 0 },
      end: { line: 59_997, character: 3 },
    });
  });
});

const corpus = sharedMaterial('corpus', 'The comparison with the values that `yaml` gives');

describe.runIf(corpus)('documents of real catalogs', () => {
  it('have the same values as with `yaml`', () => {
    const folder = corpus ?? '';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
      /\.ya?ml$/.test(file),
    );
    for (const file of files) {
      const text = new TextDecoder().decode(readFileSync(join(folder, file)));
      const expected = [...parseAllDocuments(text, { merge: false, logLevel: 'silent' })];
      const documents = parseYamlDocuments(text);
      expect({ file, documents: documents.length }).toEqual({ file, documents: expected.length });
      for (const [index, document] of documents.entries()) {
        const other = expected[index];
        const first = other?.errors[0]?.message.split(':\n')[0];
        expect({ file, index, fault: document.faults[0]?.message }).toEqual({
          file,
          index,
          fault: first,
        });
        if (!first)
          expect({ file, value: document.value }).toEqual({ file, value: other?.toJSON() });
      }
    }
  });
});
