import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type {
  FieldPath,
  YamlDocument,
} from '../../../../../../src/features/catalog/core/ingest/yaml/yamlDocument';
import {
  parseByYaml,
  parseYamlDocuments,
} from '../../../../../../src/features/catalog/core/ingest/yaml/yamlDocuments';
import { splitDocuments, scanDocument } from '../../../../../../src/platform/core/yaml';
import { longRun } from '../../../../../support/longRun';
import { sharedMaterial } from '../../../../../support/sharedMaterial';

/** Everything that a document can return; for very large ones, for the first fields. */
function answers(documents: readonly YamlDocument[]): unknown {
  return documents.map(document => ({
    index: document.index,
    value: document.value,
    isEmpty: document.isEmpty,
    faults: document.faults,
    range: document.range,
    places: [...pathsOf(document.value), ['missing'], ['metadata', 'missing'], ['spec', 0]]
      .slice(0, 2000)
      .map(path => [
        document.locate(path, 'key'),
        document.locate(path, 'value'),
        document.sourceOf(path),
      ]),
  }));
}

function pathsOf(value: unknown, path: FieldPath = []): FieldPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function expectSameResult(text: string, name = text): void {
  expect(answers(parseYamlDocuments(text)), name).toEqual(answers(parseByYaml(text)));
}

function yamlFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}

/** Which documents of a text the quick parser accepts. */
function acceptedDocuments(text: string): readonly boolean[] {
  return splitDocuments(text).map(part => scanDocument(text, part) !== undefined);
}

describe('Quick parser', () => {
  it.each([
    ['mappings and sequences', 'a:\n  b: c\n  d:\n  - e\n  - f: g\n    h: i\nj:\n    - k\n'],
    ['numbers and words', 'a: [0x1F, 0o17, 1_000, .5, 1e3, +1, -.inf, .nan, ~, yes, TRUE, Null]\n'],
    ['text similar to numbers', 'a: 07645479430e78372917746813254014\nb: 12345678901234567890\n'],
    ['text with another meaning in YAML 1.1', 'a: y\nb: 2020-01-01\nc: =\nd: 1:20\ne: 0b1\n'],
    ['nothing', 'a:\nb: ~\nc:\n\nd: ""\ne:\n'],
    ['quotes', 'a: "x\\n\\"\\\\ \\/"\nb: \'it\'\'s\'\n"c d": e\n\'f\': "g" # h\n'],
    ['literal text', 'a: |\n\n  b\n    c\n\n  d  \n\ne: |-\n  f\n'],
    ['folded text', 'a: >-\n  b\n  c\n\n\n  d\ne: >\n  f'],
    ['multiline text', 'a: b\n  c\n\n  d # e\nf:\n  - g\n    - h\n'],
    ['flow collections', 'a: [b, "c", {d: e, "f": [g]}, [], {}]\nh: { i: j }\n'],
    ['comments', '# a\nb: # c\n  # d\n  e: f # g\n# h\ni: j\n# k\n'],
    ['documents', '# a\n---\n# b\nc: d\n--- # e\n---\nf: g\n---\n'],
    ['CRLF', 'a: |\r\n  b\r\n\r\n  c\r\n\r\nd:\r\n- e # f\r\n'],
    ['names of object properties', 'constructor: a\ntoString: b\nhasOwnProperty: c\n'],
    ['keys with special characters', '/pets/{id}: a\n$ref: b\nexample.com/x: http://c\n200ok: d\n'],
    ['templates', 'a: ${{ parameters.b }}\nc: "{{ d }}"\n'],
    ['text without a final line break', 'a:\n  - b: c'],
  ])('parses %s', (_, text) => {
    expect(acceptedDocuments(text)).not.toContain(false);
    expectSameResult(text);
  });

  it.each([
    ['tags', 'a: !b c\n'],
    ['anchors', 'a: &b c\n'],
    ['aliases', 'a: *b\n'],
    ['merge keys', '<<: a\n'],
    ['keys other than strings', '1: a\n'],
    ['an empty key', 'null: a\n'],
    ['the key `__proto__`', '__proto__: a\n'],
    ['duplicate keys', 'a: b\na: c\n'],
    ['duplicate keys on one line', 'a: {b: c, b: d}\n'],
    ['structures as keys', '? a\n: b\n'],
    ['tabs', 'a:\tb\n'],
    ['tabs as indentation', 'a:\n\tb: c\n'],
    ['control characters', 'a: b\0c\n'],
    ['unusual line breaks', 'a: b\u2028c\n'],
    ['nested mappings on one line', 'a: b: c\n'],
    ['misaligned fields', 'a:\n    b: c\n  d: e\n'],
    ['open quotes', 'a: "b\n'],
    ['open brackets', 'a: [b\n'],
    ['numeric escapes', 'a: "\\x41"\n'],
    ['an indentation indicator', 'a: |2\n   b\n'],
    ['kept trailing lines', 'a: |+\n  b\n\n'],
    ['indented lines in folded text', 'a: >\n  b\n    c\n'],
    ['a comment indented deeper than the next line', 'a:\n  b: c\n  # d\ne: f\n'],
    ['a final empty item after a comment', 'a:\n  - b\n  # c\n  -\nd: e\n'],
    ['a single value', 'a\n'],
    ["content on the marker's line", '--- a\n'],
    ['very deep nesting', '[[[[[[[[[['.repeat(10)],
  ])('falls back for %s', (_, text) => {
    expect(acceptedDocuments(text)).toEqual([false]);
    expectSameResult(text);
  });

  it('falls back for directives, document ends and byte order marks', () => {
    expectSameResult('%YAML 1.1\n---\na: yes\n---\nb: yes\n');
    expectSameResult('a: b\n...\nc: d\n...\n# e\n---\nf: g\n');
    expectSameResult('a: b\n---\n]c: d\n---\ne: f\n');
    expectSameResult('a: [b\n---\n]\nc: d\n---\ne: f\n');
    expectSameResult('{%- if a %}\nb: ${{ c[\n--- ] | d }}\n  e: f\n');
    expectSameResult('a: b\n--- # c\n\n# d\n  }\n---\ne: f\n');
    expectSameResult('\uFEFFa: b\n---\nc: d\n');
    expectSameResult('a: b\rc: d\n---\ne: f\r');
  });

  it('parses a document although another is broken', () => {
    const text = 'a: b\n---\nc: [\n---\nd: e\n---\nf: "g\n---\nh: "i"\n';
    expect(acceptedDocuments(text)).toEqual([true, false, true, false, true]);
    expectSameResult(text);
  });

  it('parses very many keys, documents and lines', () => {
    // Quadratic time would take hours.
    const many = Array.from({ length: 100_000 }, (_, index) => index);
    const keys = parseYamlDocuments(`a: {${many.map(key => `k${key}: 1`).join(', ')}}\n`);
    expect(keys[0]?.value).toHaveProperty(['a', 'k99999'], 1);
    expect(parseYamlDocuments('---\n'.repeat(100_000))).toHaveLength(100_000);
    expect(parseYamlDocuments(`a: b\n${'\n'.repeat(100_000)}c: d\n`)[0]?.value).toEqual({
      a: 'b',
      c: 'd',
    });
  });

  it('parses every file of this project like `yaml`', () => {
    const root = resolve(import.meta.dirname, '../../../../../..');
    const files = ['demo', 'test/fixtures', 'test/host', 'templates'].flatMap(folder =>
      yamlFiles(join(root, folder)),
    );
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) expectSameResult(readFileSync(file, 'utf8'), file);
  });

  it('parses many styles like `yaml`', () => {
    fc.assert(
      fc.property(structures, styles, (structure, style) => {
        const text = stringify(structure, style);
        expectSameResult(text);
      }),
      longRun({ runs: 60, seed: 20261125 }),
    );
  });

  it('parses texts with errors like `yaml`', () => {
    fc.assert(
      fc.property(
        structures,
        styles,
        fc.array(mutations, { maxLength: 4 }),
        (value, style, edits) => {
          const text = edits.reduce(mutated, `${stringify(value, style)}---\n${EXAMPLE}`);
          expectSameResult(text);
        },
      ),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });

  const corpus = sharedMaterial('corpus', 'Tests of the quick parser');
  it.skipIf(!corpus)('parses real files like `yaml`, most of them quickly', () => {
    let [descriptors, quick] = [0, 0];
    for (const folder of [corpus, sharedMaterial('oracle', 'Tests of the quick parser')]) {
      if (folder === undefined) continue;
      for (const file of yamlFiles(folder)) {
        const text = readFileSync(file, 'utf8');
        const documents = parseByYaml(text);
        // A broken document has no value, and partial results may differ.
        if (documents.some(({ faults }) => faults.length)) continue;
        expectSameResult(text, file);
        if (!text.includes('backstage.io/')) continue;
        descriptors += documents.length;
        quick += acceptedDocuments(text).filter(Boolean).length;
      }
    }
    expect(quick / descriptors).toBeGreaterThan(0.9);
  });
});

const words = fc.oneof(
  fc.constantFrom(
    'a',
    'b c',
    'x: y',
    '- z',
    '# n',
    "it's",
    '"q"',
    'null',
    '1',
    '0x1',
    'yes',
    '',
    'é',
    'l\nm\n',
    '\n n',
    'o\n\n p',
    'long text '.repeat(12),
  ),
  fc.string({ maxLength: 8 }),
);
const { value: structures } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    words,
    fc.constantFrom<unknown>(null, true, 0, -1.5, 1e21),
    fc.dictionary(fc.constantFrom('a', 'b', 'name', 'd e', '1', 'kind'), tie('value'), {
      maxKeys: 4,
    }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));
const styles = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  defaultStringType: fc.constantFrom(
    'PLAIN',
    'QUOTE_SINGLE',
    'QUOTE_DOUBLE',
    'BLOCK_LITERAL',
    'BLOCK_FOLDED',
  ),
  defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  lineWidth: fc.constantFrom(0, 40, 80),
  nullStr: fc.constantFrom('null', '~', ''),
});

/** Replaces some characters at a relative position of the text. */
const mutations = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.constantFrom(0, 0, 1, 2),
  added: fc.constantFrom(
    '',
    '\n',
    ' ',
    '  ',
    ':',
    ': ',
    '- ',
    '#',
    ' # c\n',
    '# c\n',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>-\n',
    '---\n',
    '...\n',
    '\r\n',
    '\r',
    '\t',
    '&a ',
    '*a',
    '!t ',
    '? ',
    '%',
    '0',
    'null',
    '~',
    '\\',
    '\0',
    '\u2028',
    '\n\n',
    '\n  ',
    '\n      # c\n',
    '<<: ',
    ' \n',
    ':\n',
    '{{ x }}',
  ),
});

function mutated(
  text: string,
  { at, removed, added }: { at: number; removed: number; added: string },
): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + added + text.slice(offset + removed);
}

const EXAMPLE = `# Owned by the team
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: x # the name
  description: >-
    Takes orders
    and prices them.

  annotations:
    example.com/a: "b"
  links:
  - url: https://example.com
    title: It's here
spec:
  # Most of it
  dependsOn: [resource:a, 'component:b']
  definition: |
    openapi: 3.0.0

    paths: {}
  empty:
`;
