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

/** All that can be asked of the documents of a text; of very large ones, of the first fields. */
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

function expectAlike(text: string, name = text): void {
  expect(answers(parseYamlDocuments(text)), name).toEqual(answers(parseByYaml(text)));
}

function yamlFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}

/** Which documents of a text the quick parser is certain of. */
function certain(text: string): readonly boolean[] {
  return splitDocuments(text).map(part => scanDocument(text, part) !== undefined);
}

describe('the quick parser', () => {
  it.each([
    ['mappings and sequences', 'a:\n  b: c\n  d:\n  - e\n  - f: g\n    h: i\nj:\n    - k\n'],
    ['numbers and words', 'a: [0x1F, 0o17, 1_000, .5, 1e3, +1, -.inf, .nan, ~, yes, TRUE, Null]\n'],
    ['what looks like a number', 'a: 07645479430e78372917746813254014\nb: 12345678901234567890\n'],
    ['what YAML 1.1 took for something else', 'a: y\nb: 2020-01-01\nc: =\nd: 1:20\ne: 0b1\n'],
    ['nothing', 'a:\nb: ~\nc:\n\nd: ""\ne:\n'],
    ['quotes', 'a: "x\\n\\"\\\\ \\/"\nb: \'it\'\'s\'\n"c d": e\n\'f\': "g" # h\n'],
    ['literal text', 'a: |\n\n  b\n    c\n\n  d  \n\ne: |-\n  f\n'],
    ['folded text', 'a: >-\n  b\n  c\n\n\n  d\ne: >\n  f'],
    ['text on several lines', 'a: b\n  c\n\n  d # e\nf:\n  - g\n    - h\n'],
    ['flow collections', 'a: [b, "c", {d: e, "f": [g]}, [], {}]\nh: { i: j }\n'],
    ['comments', '# a\nb: # c\n  # d\n  e: f # g\n# h\ni: j\n# k\n'],
    ['documents', '# a\n---\n# b\nc: d\n--- # e\n---\nf: g\n---\n'],
    ['CRLF', 'a: |\r\n  b\r\n\r\n  c\r\n\r\nd:\r\n- e # f\r\n'],
    ['names that objects have', 'constructor: a\ntoString: b\nhasOwnProperty: c\n'],
    ['keys with signs', '/pets/{id}: a\n$ref: b\nexample.com/x: http://c\n200ok: d\n'],
    ['templates', 'a: ${{ parameters.b }}\nc: "{{ d }}"\n'],
    ['no line break at the end', 'a:\n  - b: c'],
  ])('reads %s', (_, text) => {
    expect(certain(text)).not.toContain(false);
    expectAlike(text);
  });

  it.each([
    ['tags', 'a: !b c\n'],
    ['anchors', 'a: &b c\n'],
    ['aliases', 'a: *b\n'],
    ['merge keys', '<<: a\n'],
    ['keys that are no text', '1: a\n'],
    ['a key of nothing', 'null: a\n'],
    ['the key of all objects', '__proto__: a\n'],
    ['keys that occur twice', 'a: b\na: c\n'],
    ['keys that occur twice on a line', 'a: {b: c, b: d}\n'],
    ['structures as keys', '? a\n: b\n'],
    ['tabs', 'a:\tb\n'],
    ['tabs as indentation', 'a:\n\tb: c\n'],
    ['control characters', 'a: b\0c\n'],
    ['unusual line breaks', 'a: b\u2028c\n'],
    ['mappings in mappings on one line', 'a: b: c\n'],
    ['fields out of line', 'a:\n    b: c\n  d: e\n'],
    ['open quotes', 'a: "b\n'],
    ['open brackets', 'a: [b\n'],
    ['escapes by number', 'a: "\\x41"\n'],
    ['an indentation that is written out', 'a: |2\n   b\n'],
    ['lines that are kept', 'a: |+\n  b\n\n'],
    ['lines that stick out of folded text', 'a: >\n  b\n    c\n'],
    ['a comment that stands deeper than what follows', 'a:\n  b: c\n  # d\ne: f\n'],
    ['an item of nothing after a comment, at the end', 'a:\n  - b\n  # c\n  -\nd: e\n'],
    ['a value alone', 'a\n'],
    ['content on the marker', '--- a\n'],
    ['very deep nesting', '[[[[[[[[[['.repeat(10)],
  ])('is not certain of %s', (_, text) => {
    expect(certain(text)).toEqual([false]);
    expectAlike(text);
  });

  it('leaves directives, ends of documents and byte order marks to the other parser', () => {
    expectAlike('%YAML 1.1\n---\na: yes\n---\nb: yes\n');
    expectAlike('a: b\n...\nc: d\n...\n# e\n---\nf: g\n');
    expectAlike('a: b\n---\n]c: d\n---\ne: f\n');
    expectAlike('a: [b\n---\n]\nc: d\n---\ne: f\n');
    expectAlike('{%- if a %}\nb: ${{ c[\n--- ] | d }}\n  e: f\n');
    expectAlike('a: b\n--- # c\n\n# d\n  }\n---\ne: f\n');
    expectAlike('\uFEFFa: b\n---\nc: d\n');
    expectAlike('a: b\rc: d\n---\ne: f\r');
  });

  it('reads one document by itself though another is broken', () => {
    const text = 'a: b\n---\nc: [\n---\nd: e\n---\nf: "g\n---\nh: "i"\n';
    expect(certain(text)).toEqual([true, false, true, false, true]);
    expectAlike(text);
  });

  it('reads very many keys, documents and lines', () => {
    // With a look at all before for each, it would take hours.
    const many = Array.from({ length: 100_000 }, (_, index) => index);
    const keys = parseYamlDocuments(`a: {${many.map(key => `k${key}: 1`).join(', ')}}\n`);
    expect(keys[0]?.value).toHaveProperty(['a', 'k99999'], 1);
    expect(parseYamlDocuments('---\n'.repeat(100_000))).toHaveLength(100_000);
    expect(parseYamlDocuments(`a: b\n${'\n'.repeat(100_000)}c: d\n`)[0]?.value).toEqual({
      a: 'b',
      c: 'd',
    });
  });

  it('reads every file of this project alike', () => {
    const root = resolve(import.meta.dirname, '../../../../../..');
    const files = ['demo', 'test/fixtures', 'test/host', 'templates'].flatMap(folder =>
      yamlFiles(join(root, folder)),
    );
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) expectAlike(readFileSync(file, 'utf8'), file);
  });

  it('reads what is written in many styles alike', () => {
    fc.assert(
      fc.property(structures, styles, (structure, style) => {
        const text = stringify(structure, style);
        expectAlike(text);
      }),
      longRun({ runs: 60, seed: 20261125 }),
    );
  });

  it('reads texts with mistakes alike', () => {
    fc.assert(
      fc.property(
        structures,
        styles,
        fc.array(mutations, { maxLength: 4 }),
        (value, style, edits) => {
          const text = edits.reduce(mutated, `${stringify(value, style)}---\n${EXAMPLE}`);
          expectAlike(text);
        },
      ),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });

  const corpus = sharedMaterial('corpus', 'Tests of the quick parser');
  it.skipIf(!corpus)('reads real files alike, and most of them', () => {
    let [descriptors, quick] = [0, 0];
    for (const folder of [corpus, sharedMaterial('oracle', 'Tests of the quick parser')]) {
      if (folder === undefined) continue;
      for (const file of yamlFiles(folder)) {
        const text = readFileSync(file, 'utf8');
        const documents = parseByYaml(text);
        // What is broken has no value, and what could be made out of it may differ.
        if (documents.some(({ faults }) => faults.length)) continue;
        expectAlike(text, file);
        if (!text.includes('backstage.io/')) continue;
        descriptors += documents.length;
        quick += certain(text).filter(Boolean).length;
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

/** At a share of the text, so many characters give way to others. */
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
