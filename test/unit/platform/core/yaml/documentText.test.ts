import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import { composeDocuments, DocumentText } from '../../../../../src/platform/core/yaml';
import { longRun } from '../../../../support/longRun';

const MAX_NESTING = 50;

function read(text: string): DocumentText | undefined {
  return DocumentText.of(text, composeDocuments(text, MAX_NESTING), MAX_NESTING);
}

/** All that is asked of a document, with the places of its nodes. */
function contentOf({ document, spanOf }: Read): unknown {
  const content = (node: unknown): unknown => {
    if (isPair(node)) return [content(node.key), content(node.value)];
    if (!isNode(node)) return node;
    const { anchor, tag } = node as { anchor?: string; tag?: string };
    const inside = isScalar(node)
      ? [node.value, node.type]
      : isAlias(node)
        ? node.source
        : isMap(node) || isSeq(node)
          ? [node.flow, node.items.map(content)]
          : undefined;
    return [spanOf(node), anchor, tag, inside];
  };
  return [content(document.contents), document.errors.length > 0, valueOf(document)];
}

interface Read {
  readonly document: Document.Parsed;
  readonly spanOf: (node: unknown) => unknown;
}

function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return String(error);
  }
}

function contentOfText(text: DocumentText): unknown {
  return contentOf({ document: text.document, spanOf: node => text.spanOf(node) });
}

/** As it comes out when it is composed as a whole. */
function expectedContent(text: string): unknown {
  const composed = composeDocuments(text, MAX_NESTING);
  const [first] = composed;
  if (composed.length !== 1 || !first?.document) return undefined;
  const spanOf = (node: unknown) => isNode(node) && node.range?.slice(0, 2);
  return contentOf({ document: first.document, spanOf });
}

const STEP = `    # What the step does.
    - id: one
      name: "Two words:
        on two lines"
      if: \${{ parameters.a and 'b' }}
      each: [a, {b: c}, 'd
        e']

      input: &input
        url: ./skeleton
        text: |+
          Some text
            # no comment

          - more of it

        folded: >-
          - one
          - two
        empty:
        "quoted key": 'it''s'
        values:
        - a
        - b: 1
          c: 2   # a comment
        -
        - - nested
          - list
        ? complex
        : value
`;
const OTHER = `    - id: other
      input: *input
      text: !!str 12
`;
const WHOLE = `# The template of a service.
apiVersion: v1
metadata:
  name: long
  tags: [a, b]
spec:
  steps:
${STEP}${OTHER}${(STEP.replace('&input', '') + OTHER).repeat(7)}  output:
    links:
    - title: a
      url: b
    - title: c
  last: |
    text
`;

const PIECES = [
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  ':',
  '#',
  ' # c',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '\r\n',
  '&a ',
  '*a',
  '*input',
  '|\n',
  '>-\n',
  '!!str ',
  '? ',
  '\t',
  '---\n',
  '...\n',
  '%',
  '\r',
  'name: ',
  'id: x\n',
  'parameters.',
  '\n      new: 1',
  '\n        n',
  '\n    - id: two\n',
  'x',
  '\n\n',
  '\n# c\n',
  '\n  key: 1\n',
  '\n          deeper',
  '<<: *input\n',
  '"~behind~": 1\n',
];

/** Edits as somebody makes them who is at work in a few places. */
const edits = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: WHOLE.length - 1 }),
    length: fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(60) }),
    insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }),
    isUndone: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('A text that is edited', () => {
  it.each([
    ['line feeds', WHOLE],
    ['carriage returns', WHOLE.replaceAll('\n', '\r\n')],
  ])('is what it is when it is read as a whole, with %s', (_, whole) => {
    let known = 0;
    let tried = 0;
    fc.assert(
      fc.property(edits, changes => {
        let text = whole;
        let composed = read(text);
        for (const { at, length, insert, isUndone } of changes) {
          const before = { text, composed };
          const from = at % text.length;
          text = text.slice(0, from) + insert.join('') + text.slice(from + length);
          tried++;
          const edited = composed?.edited(text);
          if (edited) {
            known++;
            const [found, expected] = [contentOfText(edited), expectedContent(text)];
            // Most are the same, and large: what differs is only looked for where something does.
            if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
          }
          composed = edited ?? read(text);
          if (isUndone) ({ text, composed } = before);
        }
      }),
      longRun({ runs: 20, seed: 20261125 }),
    );
    // A long run may be over after few cases.
    expect(known / tried).toBeGreaterThan(0.25);
  });

  it('ends where the rest has it end, behind a mistake that ends a collection too early', () => {
    const whole = WHOLE.replaceAll('\n', '\r\n');
    const at = whole.lastIndexOf('values:');
    const text = `${whole.slice(0, at)}>-\n\n          deeper${whole.slice(at)}`;
    const edited = read(whole)?.edited(text);
    expect(edited && contentOfText(edited)).toEqual(edited && expectedContent(text));
  });
});
