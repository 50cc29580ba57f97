import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import {
  pathKey,
  writePlacedYaml,
} from '../../../../../../src/features/backstage/core/catalog/placedYaml';
import type { JsonObject, JsonValue } from '../../../../../../src/model';

const everything = { head: [], isWanted: () => true };

/** Texts that YAML could take for something else. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1.5',
    '0x1f',
    '1e3',
    '2024-01-01',
    '12:30:45',
    '.inf',
    '-',
    '---',
  ),
  fc.constantFrom(
    'a: b',
    'a #b',
    '#a',
    'a:',
    ' a',
    'a ',
    '',
    '*a',
    '&a',
    '!a',
    '%a',
    '`a',
    '{a',
    '[a',
    '<<',
    '=',
  ),
  fc
    .array(
      fc.constantFrom('a', '  b', '\tc', '', ' ', '- d', 'e: f', '# g', 'h\r', '---', '\u2028'),
    )
    .map(lines => lines.join('\n')),
);

const anyJson = fc.letrec<{ value: JsonValue; object: JsonObject }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    oddText,
    fc.double({ noDefaultInfinity: true, noNaN: true }).map(number => (number === 0 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(oddText, tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).object;

describe('writePlacedYaml', () => {
  it('writes YAML that parses to the same value', () => {
    fc.assert(
      fc.property(anyJson, value => {
        const { text, lines } = writePlacedYaml(value, everything);
        expect(parse(text)).toEqual(value);
        expect(parse(text, { version: '1.1', merge: false })).toEqual(value);
        expect(text.split('\n')).toHaveLength(lines + 1);
      }),
    );
  });

  it('returns the positions of single-line scalars', () => {
    fc.assert(
      fc.property(anyJson, value => {
        const { text, places } = writePlacedYaml(value, everything);
        const document = parseDocument(text);
        const lines = text.split('\n');
        const written = [...places].map(([key, [line, start, end]]) => [
          key,
          parse(lines[line]?.slice(start, end) ?? ''),
        ]);
        const paths = [...places.keys()].map(key => key.split('\0'));
        // Paths with segments that contain the separator are ambiguous.
        if (JSON.stringify(value).includes('\\u0000')) return;
        expect(written).toEqual(paths.map(path => [pathKey(path), plain(document.getIn(path))]));
      }),
    );
  });

  it('writes readable YAML', () => {
    const value = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: 'petstore',
        tags: ['rest', 'yes'],
        links: [{ url: 'https://a.b/c', title: 'A: b' }],
      },
      spec: {
        definition: 'openapi: 3.0.0\ninfo:\n  title: Pets\n',
        owner: 'group:default/team-a',
        matrix: [[1, 2], []],
      },
    };
    expect(writePlacedYaml(value, { ...everything, head: ['# A note'] }).text).toBe(
      `# A note
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: petstore
  tags:
    - rest
    - "yes"
  links:
    - url: https://a.b/c
      title: "A: b"
spec:
  definition: |
    openapi: 3.0.0
    info:
      title: Pets
  owner: group:default/team-a
  matrix:
    -
      - 1
      - 2
    - []
`,
    );
  });

  it('writes text with very many empty lines', () => {
    const value = { a: `a${'\n'.repeat(300_000)}b\n\n` };
    const { text } = writePlacedYaml(value, everything);
    expect(parse(text)).toEqual(value);
  });

  it('writes an overlong key as an explicit key', () => {
    const value = { ['k'.repeat(2000)]: { a: ['x'] }, list: [{ ['k'.repeat(2000)]: 'v', b: 1 }] };
    expect(parse(writePlacedYaml(value, everything).text)).toEqual(value);
  });
});

function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
