import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Range } from 'vscode-languageserver-types';
import type { PositionRequest } from '../../../../../src/features/authoring/language';
import { expectInText } from '../../../../support/answersInText';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../support/languageWorkspace';
import { longRun } from '../../../../support/longRun';
import { aTemplate, skeletonProvider, templateProvider } from '../../../../support/templates';

const WHOLE = aTemplate({
  ask: '        owner:\n          ui:field: OwnerPicker\n          ui:options: { catalogFilter: [{ kind: Group }] }\n        ? odd\n        : { type: object, properties: { a: 1 } }\n',
  input: '          list: [a, "${{ parameters.repo[\'host\'] | upper }}"]\n',
  more: `    - id: block
      if: "\${{ parameters.name is defined and not \\"x\\" }}"
      each: \${{ parameters.repo }}
      action: fetch:plain
      input:
        url: 'it''s \${{ each.value }}'
        targetPath: >-
          {% for a in parameters.repo %}\${{ a.b }}

          {% endfor %} \${{ steps['fetch-base'].output['x'] +
            1 }}
    - { action: debug:log, input: { message: "\\u0041\\\\\\n\${{ user.entity }}" } }
`,
});

const PIECES = [
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  ':',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '---\n',
  '\r\n',
  '\t',
  '${{ ',
  ' }}',
  '{% if ',
  ' %}',
  '{# ',
  ' #}',
  'parameters.',
  "steps['",
  '| ',
  'ui:',
  '.output.',
  'action: ',
  'input:\n        ',
  'id: ',
  'each: ',
  '|\n  ',
  '>-\n',
  '&x ',
  '*x',
  '\\',
  '\uD800',
  '𝕏',
  '\0',
  '\uFEFF',
  '__proto__',
  'constructor: ',
];

const editing = fc
  .record({
    edits: fc.array(
      fc.record({
        at: fc.nat(WHOLE.length),
        length: fc.oneof(
          { weight: 4, arbitrary: fc.nat(4) },
          { weight: 1, arbitrary: fc.nat(150) },
        ),
        insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
      }),
      { maxLength: 4 },
    ),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    isInExpression: fc.boolean(),
  })
  .map(({ edits, place, isInExpression }) => {
    const text = edits.reduce(
      (before, { at, length, insert }) =>
        before.slice(0, at) + insert.join('') + before.slice(at + length),
      WHOLE,
    );
    const near = text.indexOf('${{', Math.floor(place * text.length));
    const offset = Math.floor(place * text.length);
    return { text, offset: isInExpression && near >= 0 ? Math.min(near + 8, text.length) : offset };
  });

describe('incomplete Templates', () => {
  let workspace: LanguageWorkspace;
  beforeAll(async () => {
    workspace = await openLanguageWorkspace({ 'skeleton/a.txt': '' });
  });
  afterAll(() => workspace.dispose());

  async function holds(check: (request: PositionRequest) => Promise<void>): Promise<void> {
    await fc.assert(
      fc.asyncProperty(editing, async ({ text, offset }) => {
        const request = workspace.open('template.yaml', text);
        await check({ ...request, offset, position: request.text.positionAt(offset) });
      }),
      longRun({ runs: 80, seed: 20261125 }),
    );
  }

  it('have all ranges in the text', async () => {
    let found = 0;
    await holds(async request => {
      const { text } = request;
      const definition = (await templateProvider.definition?.(request)) ?? [];
      const ranges: readonly (Range | undefined)[] = [
        (await templateProvider.hover?.(request))?.range,
        ...definition.map(link => link.originSelectionRange),
        ...definition
          .filter(({ targetUri }) => targetUri === text.uri)
          .flatMap(link => [link.targetRange, link.targetSelectionRange]),
        ...(
          (await templateProvider.references?.({ ...request, includeDeclaration: true })) ?? []
        ).map(({ range }) => range),
        ...((await templateProvider.highlights?.(request)) ?? []).map(({ range }) => range),
        ...((await templateProvider.links?.(request)) ?? []).map(({ range }) => range),
      ];
      for (const range of ranges) {
        if (!range) continue;
        found++;
        expectInText(range, text);
      }
    });
    expect(found).toBeGreaterThan(10);
  });

  it('have completions that replace text around the cursor, on its line', async () => {
    let found = 0;
    await holds(async request => {
      const { items } = (await templateProvider.complete?.(request)) ?? { items: [] };
      for (const { textEdit, label } of items) {
        if (!textEdit || !('range' in textEdit)) throw new Error(label);
        found++;
        expectInText(textEdit.range, request.text);
        const { start, end } = textEdit.range;
        expect([start.line, end.line]).toEqual([request.position.line, request.position.line]);
        expect(start.character).toBeLessThanOrEqual(request.position.character);
        expect(end.character).toBeGreaterThanOrEqual(request.position.character);
      }
    });
    expect(found).toBeGreaterThan(100);
  });

  it('have single-line tokens in order without overlaps', async () => {
    await holds(async request => {
      let last = 0;
      for (const { start, end } of (await templateProvider.semanticTokens?.(request)) ?? []) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(request.text.text.slice(start, end)).toMatch(/^[^\r\n]+$/);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(request.text.text.length);
    });
  });
});

describe('incomplete skeletons', () => {
  const whole =
    '# ${{ values.name | upper }}\n{% if values.name is defined %}\r\n{% for a in values.list %}${{ a.b }}' +
    "{% endfor %}{% endif %}\n{% raw %}${{ x }}{% endraw %}\n{# c #} ${{ values['na me'][0] +\n 1 }}";
  const skeletons = fc
    .record({
      edits: fc.array(
        fc.record({
          at: fc.nat(whole.length),
          length: fc.nat(6),
          insert: fc.array(fc.constantFrom(...PIECES, 'values.'), { maxLength: 3 }),
        }),
        { maxLength: 4 },
      ),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ edits, place }) => {
      const text = edits.reduce(
        (before, { at, length, insert }) =>
          before.slice(0, at) + insert.join('') + before.slice(at + length),
        whole,
      );
      return { text, offset: Math.floor(place * text.length) };
    });

  it('have all ranges in the text', async () => {
    const workspace = await openLanguageWorkspace({
      'template.yaml': aTemplate(),
      'skeleton/a.txt': '${{ values.name }}',
    });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(skeletons, async ({ text: source, offset }) => {
        const opened = workspace.open('skeleton/a.txt', source);
        const { text } = opened;
        const request = { ...opened, offset, position: text.positionAt(offset) };
        const { items } = (await skeletonProvider.complete?.(request)) ?? { items: [] };
        const tokens = (await skeletonProvider.semanticTokens?.(request)) ?? [];
        const references = await skeletonProvider.references?.({
          ...request,
          includeDeclaration: false,
        });
        const ranges = [
          ...items.flatMap(({ textEdit }) =>
            textEdit && 'range' in textEdit ? [textEdit.range] : [],
          ),
          ...((await skeletonProvider.problems?.(request)) ?? []).map(({ range }) => range),
          ...((await skeletonProvider.definition?.(request)) ?? []).map(
            link => link.originSelectionRange,
          ),
          ...(references ?? []).map(({ range }) => range),
          ...((await skeletonProvider.highlights?.(request)) ?? []).map(({ range }) => range),
          (await skeletonProvider.hover?.(request))?.range,
          ...tokens.map(({ start, end }) => text.rangeAt(start, end)),
        ];
        for (const range of ranges) {
          if (!range) continue;
          found++;
          expectInText(range, text);
        }
      }),
      longRun({ runs: 60, seed: 20261125 }),
    );
    expect(found).toBeGreaterThan(100);
    workspace.dispose();
  });
});
