import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseYamlDocuments } from '../../../../../../src/features/catalog/core/ingest/yaml/yamlDocuments';
import { bundleReferences } from '../../../../../../src/features/catalog/core/processing/bundleReferences';
import { longRun } from '../../../../../support/longRun';

const whole = (name: string): unknown => ({ all: { $ref: `./${name}` } });

/** Bundles with the library's own parser. */
async function bundledByLibrary(name: string, text: string): Promise<string> {
  const resolver = { canRead: true, order: 1, read: () => text };
  const resolve = { external: true, file: resolver, http: resolver };
  return stringify(await $RefParser.bundle(whole(name) as object, { resolve }));
}

async function bundled(name: string, text: string): Promise<string> {
  const [document, second] = parseYamlDocuments(text);
  const [fault] = document?.faults ?? [];
  if (fault || second) throw new Error(fault?.message ?? 'more than one document');
  return bundleReferences(whole(name), 'file:///work/spec.yaml', reference =>
    Promise.resolve({
      uri: new URL(reference, 'file:///work/').href,
      text,
      value: document?.value,
    }),
  );
}

async function outcome(bundling: Promise<string>): Promise<string> {
  return bundling.catch(() => 'refused');
}

describe('Parser of files included by a $ref, compared with the library', () => {
  it.each([
    ['numbers', 'b.yaml', 'a: [1, 012, 0x1F, 0o7, 0b1, 1_000, 1.50, .5, 1e3, -.inf, .nan, +1]'],
    ['words', 'b.yaml', 'a: [yes, no, on, True, FALSE, Null, ~, "true"]'],
    ['dates', 'b.yaml', 'a: 2020-01-01\nb: 2020-01-01T00:00:00Z'],
    ['keys', 'b.yaml', '1: a\n1.50: b\ntrue: c\n"d": e\n__proto__: f\n'],
    ['merge keys', 'b.yaml', 'a: &a { b: 1 }\nc:\n  <<: *a\n'],
    ['anchors and aliases', 'b.yaml', 'a: &a { b: [1] }\nc: *a\nd: *a\n'],
    ['blocks', 'b.yaml', 'a: |+\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\nc: "x\\\n  y"\n'],
    ['a byte order mark', 'b.yaml', '\ufeffa: 1\n'],
    ['markers', 'b.yaml', '%YAML 1.2\n---\na: 1\n...\n'],
    ['only a comment', 'b.yaml', '# nothing\n'],
    ['a text', 'b.yaml', 'just text'],
    ['tags of the schema', 'b.yaml', 'a: !!str 1\nb: !!int "2"\n'],
    ['JSON', 'b.json', '{ "a": [1.0, "\\u00e9\\/", null] }'],
    ['JSON with a comment', 'b.json', '{ "a": 1 } # not quite'],
    ['another extension', 'b.yml', 'a: 1'],
    ['an unknown extension', 'b.schema', 'a: 1'],
    ['text by extension', 'b.txt', 'a: 1'],
    ['an unknown tag', 'b.yaml', 'a: !mine 1\n'],
    ['a duplicate key', 'b.yaml', 'a: 1\na: 2\n'],
    ['two documents', 'b.yaml', 'a: 1\n---\nb: 1\n'],
    ['an open bracket', 'b.yaml', 'a: [1\n'],
  ])('%s', async (_, name, text) => {
    expect(await outcome(bundled(name, text))).toBe(await outcome(bundledByLibrary(name, text)));
  });

  it('gives the same result for any content', async () => {
    const scalar = fc.constantFrom('1', '-0', '1.0', 'x y', '"a\\n"', "'b'", '~', 'no', 'a#b', '');
    const flow = fc.constantFrom(
      '[]',
      '{}',
      '[1, a]',
      '{ a: 1, b: [x] }',
      '&n x',
      '*n',
      '|\n    x',
    );
    const value = fc.oneof(scalar, flow);
    const name = fc.constantFrom('a', 'b', '"c d"', '1', 'x-y', '$id', 'description');
    const entry = fc.tuple(name, value).map(([key, item]) => `${key}: ${item}`);
    const item = fc.oneof(value, entry).map(text => `  - ${text}`);
    const line = fc.oneof(
      entry,
      item,
      entry.map(text => `  ${text}`),
      fc.constant('# c'),
    );
    const text = fc.array(line, { maxLength: 8 }).map(lines => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, async written => {
        const theirs = await outcome(bundledByLibrary('b.yaml', written));
        expect(await outcome(bundled('b.yaml', written))).toBe(theirs);
      }),
      longRun({ runs: 200, seed: 20261125 }),
    );
  });
});
