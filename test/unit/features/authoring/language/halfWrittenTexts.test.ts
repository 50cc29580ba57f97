import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SelectionRange, TextEdit } from 'vscode-languageserver-types';
import type {
  LanguageProvider,
  PositionRequest,
} from '../../../../../src/features/authoring/language';
import { entityLensProvider } from '../../../../../src/features/authoring/language/codeLens/entityLensProvider';
import { prepareHierarchy } from '../../../../../src/features/authoring/language/hierarchy/hierarchies';
import { entityHoverProvider } from '../../../../../src/features/authoring/language/hover/entityHoverProvider';
import { refHintProvider } from '../../../../../src/features/authoring/language/inlayHints/refHintProvider';
import { navigationProvider } from '../../../../../src/features/authoring/language/navigation/navigationProvider';
import { structureOfTextProvider } from '../../../../../src/features/authoring/language/structureOfText/structureOfTextProvider';
import { contains, expectInText, expectSymbols, isWithin } from '../../../../support/answersInText';
import { actionsAt, edited } from '../../../../support/codeActions';
import { aDescriptor, documents } from '../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../support/languageWorkspace';
import { longRun } from '../../../../support/longRun';

const provider: LanguageProvider = {
  ...entityLensProvider,
  ...entityHoverProvider,
  ...refHintProvider,
  ...navigationProvider,
  ...structureOfTextProvider,
};

const WHOLE = documents(
  '# region teams\n# of the shop\n' +
    aDescriptor('group:team', { children: ['other'], parent: 'team' }),
  aDescriptor(
    'component:shop/cart',
    {
      owner: 'team',
      system: 'sales',
      dependsOn: ['resource:default/db', 'component:cart'],
      definition: { $text: './spec.json' },
    },
    {
      title: 'The "Cart"',
      description: 'of\nseveral lines #\n\n',
      links: [{ url: 'https://a.example', title: 'A' }],
      annotations: {
        'backstage.io/techdocs-ref': 'dir:.',
        'backstage.io/techdocs-entity': 'component:default/docs',
      },
    },
  ),
  aDescriptor('location:all', { targets: ['./*.yaml', './one.yaml', 'https://b.example/c.yaml'] }),
  "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: \"quoted\", tags: [a, b]}\nspec: {owner: 'group:te''am', dependsOn: [? a : b, *x]}\n",
);

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
  '...\n',
  '\r\n',
  '&a ',
  '*a',
  '|\n',
  '>-\n',
  '!!str ',
  '? ',
  '%YAML 1.2\n',
  '\t',
  '\uFEFF',
  '\uD800',
  '𝕏',
  'é',
  '__proto__: ',
  'constructor',
  '${{ x }}',
  'group:',
  '/',
  'name: ',
  'team',
  'metadata:\n  ',
  'kind: Component\n',
  'spec:\n  owner: ',
  '<<: *a\n',
  '# region\n',
  '# endregion\n',
  '\r',
  '\0',
];

/** A text in the middle of editing, and an offset in it. */
const editing = fc
  .record({
    edits: fc.array(
      fc.record({
        at: fc.nat(WHOLE.length),
        length: fc.oneof(
          { weight: 3, arbitrary: fc.nat(3) },
          { weight: 1, arbitrary: fc.nat(200) },
        ),
        insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
      }),
      { maxLength: 6 },
    ),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ edits, place }) => {
    const text = edits.reduce(
      (before, { at, length, insert }) =>
        before.slice(0, at) + insert.join('') + before.slice(at + length),
      WHOLE,
    );
    return { text, offset: Math.floor(place * text.length) };
  });

describe('Language features in half-written texts', () => {
  let workspace: LanguageWorkspace;
  beforeAll(async () => {
    workspace = await openLanguageWorkspace({
      'one.yaml': documents(aDescriptor('group:team'), aDescriptor('component:docs')),
      'mkdocs.yml': 'site_name: A',
    });
  });
  afterAll(() => workspace.dispose());

  async function holds(check: (request: PositionRequest) => void | Promise<void>): Promise<void> {
    await fc.assert(
      fc.asyncProperty(editing, async ({ text, offset }) => {
        const request = workspace.open('here.yaml', text);
        await check({ ...request, offset, position: request.text.positionAt(offset) });
      }),
      longRun({ runs: 40, seed: 20261125 }),
    );
  }

  it('return ranges within the text', async () => {
    await holds(async request => {
      const { context, text, offset } = request;
      const range = text.rangeAt(0, text.text.length);
      const ranges = [
        (await provider.hover?.(request))?.range,
        ...((await provider.definition?.(request)) ?? []).map(link => link.originSelectionRange),
        ...((await provider.references?.({ ...request, includeDeclaration: true })) ?? [])
          .filter(({ uri }) => uri === text.uri)
          .map(location => location.range),
        ...((await provider.highlights?.(request)) ?? []).map(highlight => highlight.range),
        ...((await provider.links?.(request)) ?? []).map(link => link.range),
        ...((await provider.codeLenses?.(request)) ?? []).map(lens => lens.range),
        ...((await provider.inlayHints?.({ ...request, range })) ?? []).map(({ position }) => ({
          start: position,
          end: position,
        })),
        ...prepareHierarchy(context, text, offset).flatMap(item =>
          item.uri === text.uri ? [item.range, item.selectionRange] : [],
        ),
      ];
      for (const found of ranges) if (found) expectInText(found, text);
    });
  });

  it("return code actions with edits that are inside and don't overlap", async () => {
    await holds(async ({ text, ...request }) => {
      await workspace.write({ 'here.yaml': text.text });
      const problems = workspace.mirror.problems(text.uri);
      const whole = text.rangeAt(0, text.text.length);
      const places = [
        { range: { start: request.position, end: request.position }, problems: [] },
        { range: whole, problems, only: ['source.fixAll'] },
        ...problems.slice(0, 10).map(problem => ({ range: problem.range, problems: [problem] })),
      ];
      for (const place of places) {
        const actions = await actionsAt({ ...request, text, only: undefined, ...place });
        for (const { edit } of actions) {
          for (const change of edit?.documentChanges ?? []) {
            if (!('edits' in change) || change.textDocument.uri !== text.uri) continue;
            expect(edited(text.text, change.edits as TextEdit[])).not.toBe(text.text);
          }
        }
      }
    });
  });

  it('return ordered tokens of one line each without overlaps', async () => {
    await holds(async request => {
      let last = 0;
      for (const { start, end } of (await provider.semanticTokens?.(request)) ?? []) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(request.text.text.slice(start, end)).toMatch(/^[^\r\n]+$/);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(request.text.text.length);
    });
  });

  it('return nested selection ranges up to the whole file', async () => {
    await holds(async request => {
      let selection: SelectionRange | undefined = await provider.selectionRange?.(request);
      expect(selection && isWithin(request.position, selection.range)).toBe(true);
      while (selection?.parent) {
        const { range, parent }: SelectionRange = selection;
        expect(contains(parent.range, range)).toBe(true);
        selection = parent;
      }
      expect(selection?.range).toEqual(request.text.rangeAt(0, request.text.text.length));
    });
  });

  it('return ordered folding ranges of several lines', async () => {
    await holds(async request => {
      let last = -1;
      for (const { startLine, endLine } of (await provider.foldingRanges?.(request)) ?? []) {
        expect(startLine).toBeGreaterThan(last);
        expect(endLine).toBeGreaterThan(startLine);
        expect(endLine).toBeLessThan(request.text.lines.lineCount);
        last = startLine;
      }
    });
  });

  it('return named symbols in order within their parents', async () => {
    await holds(async request => {
      const { text } = request;
      const symbols = (await provider.symbols?.(request)) ?? [];
      expectSymbols(symbols, text.rangeAt(0, text.text.length));
    });
  });
});
