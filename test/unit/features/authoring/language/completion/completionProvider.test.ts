import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PositionRequest } from '../../../../../../src/features/authoring/language';
import { completionsAt } from '../../../../../support/completions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

const TEXTS: readonly string[] = [
  `# The shop
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: "The: shop"
  description: |
    Sells things.
      And more.
  tags: [java, 'c#', "b]"]
  annotations:
    backstage.io/techdocs-ref: dir:.
    'example.com/tier': gold
  links:
    - url: https://example.com # home
      icon: docs
spec:
  type: service
  owner: group:default/team-a
  system: "sys
  dependsOn:
  - resource:db
  - component:other/x
  providesApis: [ orders, { a: b } ]
---
apiVersion: backstage.io/v1alpha1\r
kind: API\r
metadata: { name: orders, annotations: { a/b: c } }\r
spec:\r
  type: openapi\r
  owner: \${{ values.owner }}\r
  definition:\r
    $text: ./openapi.yaml\r
---
`,
  `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: all
spec:
  targets:
    - ./shop/catalog-info.yaml
    - ./a b/*.yaml
    - 
---
{% if x %}
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: t, "__proto__": x}
spec:
  owner: &o team-a
  type: *o
  steps:
    - id: "\u{1F600}"
      input: {a: [b, {c: d`,
];

/** Replaces a part of a text and picks an offset. */
const edits = fc.record({
  text: fc.constantFrom(...TEXTS),
  from: fc.nat(900),
  length: fc.oneof(fc.nat(5), fc.nat(300)),
  insert: fc.oneof(
    fc.constantFrom(
      '',
      ':',
      ': ',
      '- ',
      '[',
      '{',
      '"',
      "'",
      '\n  ',
      '\r',
      '---\n',
      '${{ ',
      '$',
      '/',
    ),
    fc.string({ maxLength: 4, unit: 'binary' }),
  ),
  at: fc.nat(900),
  isAtInsert: fc.boolean(),
});

describe('Completion', () => {
  let workspace: LanguageWorkspace;

  beforeAll(async () => {
    workspace = await openLanguageWorkspace({
      'org.yaml': documents(
        aDescriptor('group:team-a', {}, { title: 'A\n\u202eB', tags: ['java'] }),
        aComponent('other', { owner: 'team-a', type: 'it: is' }),
        aDescriptor('api:orders'),
        aDescriptor(
          'resource:db',
          {},
          { annotations: { 'example.com/x': 'y', ['__proto__']: 'z' } },
        ),
      ),
      'shop/catalog-info.yaml': aComponent('shop'),
    });
  });

  it('returns ranges on the line of the cursor for any text', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async ({ text, from, length, insert, at, isAtInsert }) => {
        const start = Math.min(from, text.length);
        const edited = `${text.slice(0, start)}${insert}${text.slice(start + length)}`;
        const offset = Math.min(isAtInsert ? start + insert.length : at, edited.length);
        const opened = workspace.open('shop/catalog-info.yaml', edited);
        const position = opened.text.positionAt(offset);
        const request: PositionRequest = { ...opened, offset, position };
        const { items } = await completionsAt(request);
        for (const { textEdit, label } of items) {
          if (!textEdit || !('range' in textEdit)) throw new Error(`${label} has no range`);
          const { range } = textEdit;
          expect([range.start.line, range.end.line]).toEqual([position.line, position.line]);
          expect(range.start.character).toBeLessThanOrEqual(position.character);
          expect(range.end.character).toBeGreaterThanOrEqual(position.character);
          expect(opened.text.positionAt(opened.text.offsetAt(range.end))).toEqual(range.end);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('offers items at many offsets', async () => {
    const [text = ''] = TEXTS;
    let places = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      const opened = workspace.open('shop/catalog-info.yaml', text);
      const position = opened.text.positionAt(offset);
      const { items } = await completionsAt({ ...opened, offset, position });
      if (items.length) places++;
    }
    expect(places).toBeGreaterThan(100);
  });

  it('returns nothing after an abort', async () => {
    const request = workspace.cursor(
      'a.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: System\nspec:\n  owner: <|>',
    );
    expect((await completionsAt(request)).items.length).toBe(1);
    expect(await completionsAt({ ...request, signal: AbortSignal.abort() })).toEqual({
      items: [],
      isIncomplete: false,
    });
  });
});
