import { MarkupContent } from 'vscode-languageserver-types';
import { afterEach, describe, expect, it } from 'vitest';
import { entityHoverProvider } from '../../../../../../src/features/authoring/language/hover/entityHoverProvider';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';

const team = aDescriptor('group:team', {}, { title: 'Team A' });
const shop = aDescriptor(
  'component:shop',
  { owner: 'team', system: 'sales', providesApis: ['orders', 'prices'] },
  {
    title: 'The *Shop*',
    description: '[click](command:evil) <img src=x>\n$(bug) http://a.example',
    tags: ['java', 'web'],
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  },
);
const cart = aComponent('cart', { dependsOn: ['component:shop'] });

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

async function hoverAt(
  marked: string,
  commands?: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ contents: string; on: string } | undefined> {
  workspace = await openLanguageWorkspace({ 'a.yaml': documents(team, shop, cart), ...more });
  const request = workspace.cursor('b.yaml', marked);
  const context = { ...request.context, ...(commands && { commands: new Set(commands) }) };
  const hover = await entityHoverProvider.hover?.({ ...request, context });
  return (
    hover && {
      contents: MarkupContent.is(hover.contents) ? hover.contents.value : '',
      on: hover.range ? textAt(request.text.text, hover.range) : '',
    }
  );
}

describe('Ref hover', () => {
  it("shows the entity's card with escaped text", async () => {
    const hover = await hoverAt(aComponent('new', { dependsOn: ['component:sh<|>op'] }), [
      'callboard.entity.open',
      'callboard.entity.showDependents',
    ]);

    expect(hover).toEqual({
      on: 'component:shop',
      contents: [
        '**The &#42;Shop&#42;** (Component)',
        '`component:default/shop`',
        '&#91;click&#93;&#40;command&#58;evil&#41; &#60;img src&#61;x&#62; &#36;&#40;bug&#41; http&#58;//a&#46;example',
        [
          'Type: service',
          'Lifecycle: production',
          'Owner: [Team A](command:callboard.entity.open?%5B%22group%3Adefault%2Fteam%22%5D)',
          'Part of: system&#58;sales (not in the catalog)',
          'Dependents: 3 entities of 1 owner',
          'Tags: java, web',
        ].join('  \n'),
        '2 APIs',
        '[Open definition](command:callboard.entity.open?%5B%22component%3Adefault%2Fshop%22%5D) · [Show dependents](command:callboard.entity.showDependents?%5B%22component%3Adefault%2Fshop%22%5D)',
      ].join('\n\n'),
    });
  });

  it('links to pages when supported', async () => {
    const hover = await hoverAt(aComponent('new', { dependsOn: ['component:sh<|>op'] }), [
      'callboard.entity.openPage',
    ]);
    expect(hover?.contents).toContain(
      'Owner: [Team A](command:callboard.entity.openPage?%5B%22group%3Adefault%2Fteam%22%5D)',
    );
    expect(hover?.contents.split('\n\n').at(-1)).toBe(
      '[Open page](command:callboard.entity.openPage?%5B%22component%3Adefault%2Fshop%22%5D)',
    );
  });

  it('links to docs and the graph when supported', async () => {
    const hover = await hoverAt(aComponent('new', { dependsOn: ['component:sh<|>op'] }), [
      'callboard.entity.openDocs',
      'callboard.entity.showGraph',
    ]);
    expect(hover?.contents.split('\n\n').at(-1)).toBe(
      '[Docs](command:callboard.entity.openDocs?%5B%22component%3Adefault%2Fshop%22%5D) · [Graph](command:callboard.entity.showGraph?%5B%22component%3Adefault%2Fshop%22%5D)',
    );
  });

  it('links to files for a client without commands', async () => {
    const hover = await hoverAt(aComponent('new', { owner: 'te<|>am' }));
    expect(hover?.contents).toBe(
      [
        '**Team A** (Group)',
        '`group:default/team`',
        'Type: team',
        '2 owned entities',
        '[Open definition](file:///work/a.yaml#L4)',
      ].join('\n\n'),
    );
  });

  it('explains a dangling ref and suggests others', async () => {
    const hover = await hoverAt(aComponent('new', { owner: 'tee<|>m' }));
    expect(hover?.contents).toBe(
      [
        '`group:default/teem` is not in the catalog.',
        'A ref in `spec.owner` without a kind means a `Group`. Without a namespace, it means the namespace of its own entity, `default`.',
        'Did you mean:',
        '- `team`: [Team A](file:///work/a.yaml#L4)',
      ].join('\n\n'),
    );
  });

  it('links to a failing descriptor of the entity', async () => {
    const broken = aDescriptor('group:teem', { type: undefined });
    const marked = aComponent('new', { owner: 'tee<|>m' });
    expect((await hoverAt(marked, undefined, { 'c.yaml': broken }))?.contents).toBe(
      '`group:default/teem` is not in the catalog: [its descriptor](file:///work/c.yaml#L4) has errors.',
    );
  });

  it('supports refs in annotations', async () => {
    const hover = await hoverAt(
      aDescriptor(
        'component:new',
        {},
        { annotations: { 'backstage.io/techdocs-entity': 'component:sh<|>op' } },
      ),
    );
    expect(hover?.contents.split('\n\n')[1]).toBe('`component:default/shop`');
  });

  it.each([
    ['a field without refs', aComponent('new', { lifecycle: 'te<|>am' })],
    ['a templated ref', aComponent('new', { owner: '${{ values.ow<|>ner }}' })],
    ['the name of a missing entity', aComponent('n<|>ew')],
  ])('is undefined on %s', async (_, marked) => {
    expect(await hoverAt(marked)).toBeUndefined();
  });
});

describe('Name hover', () => {
  it("shows the entity's card and a winning duplicate", async () => {
    const hover = await hoverAt(aComponent('sh<|>op'));
    expect(hover?.contents.split('\n\n').at(-1)).toBe(
      '[Another document](file:///work/a.yaml#L13) also defines this entity and takes precedence.',
    );
  });
});
