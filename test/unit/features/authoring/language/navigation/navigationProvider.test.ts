import { afterEach, describe, expect, it } from 'vitest';
import type { Range } from '../../../../../../src/base';
import type { TextRequest } from '../../../../../../src/features/authoring/language';
import { navigationProvider } from '../../../../../../src/features/authoring/language/navigation/navigationProvider';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
  pathOf,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';
import { at } from '../../../../../support/testCatalog';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

/** `path:line` and text of each location. */
function shown(places: readonly { uri: string; range: Range }[]): readonly string[] {
  return places.map(({ uri, range }) => {
    const text =
      workspace.context.openText(uri)?.text ??
      workspace.catalog.files.textOf(`/work/${pathOf(uri)}`);
    return `${pathOf(uri)}:${range.start.line + 1} ${textAt(text, range)}`;
  });
}

async function definitionOf(marked: string, path = 'here.yaml'): Promise<readonly string[]> {
  const request = workspace.cursor(path, marked);
  const links = (await navigationProvider.definition?.(request)) ?? [];
  return links.map(({ targetUri, targetSelectionRange, originSelectionRange }) => {
    const [target] = shown([{ uri: targetUri, range: targetSelectionRange }]);
    const origin = originSelectionRange && textAt(request.text.text, originSelectionRange);
    return `${origin} -> ${target}`;
  });
}

describe('Go to definition', () => {
  it.each([
    ['a short ref', { owner: 'te<|>am' }, ['team -> teams.yaml:4 team']],
    ['a full ref', { owner: 'group:default/te<|>am' }, ['group:default/team -> teams.yaml:4 team']],
    [
      'an item of a list',
      { dependsOn: ['component:a', 'x:y'], owner: 'Te<|>am' },
      ['Team -> teams.yaml:4 team'],
    ],
    ['a missing ref', { owner: 'no<|>body' }, []],
    ['a field without refs', { lifecycle: 'te<|>am' }, []],
  ])('goes from %s to its name', async (_, spec, expected) => {
    workspace = await openLanguageWorkspace({ 'teams.yaml': aDescriptor('group:team') });
    expect(await definitionOf(aComponent('a', spec))).toEqual(expected);
  });

  it('lists all declaring documents, the winner first', async () => {
    workspace = await openLanguageWorkspace({
      'a.yaml': aDescriptor('group:team'),
      'b.yaml': documents(aDescriptor('group:team'), aDescriptor('group:team')),
    });
    expect(await definitionOf(aComponent('a', { owner: 'te<|>am' }))).toEqual([
      'team -> a.yaml:4 team',
      'team -> b.yaml:4 team',
      'team -> b.yaml:12 team',
    ]);
  });

  it('goes to a descriptor with errors', async () => {
    workspace = await openLanguageWorkspace({
      'teams.yaml': aDescriptor('group:team', { type: undefined }),
    });
    expect(await definitionOf(aComponent('a', { owner: 'te<|>am' }))).toEqual([
      'team -> teams.yaml:4 team',
    ]);
  });

  it('follows unsaved text of an open file', async () => {
    workspace = await openLanguageWorkspace({ 'teams.yaml': aDescriptor('group:team') });
    workspace.open('teams.yaml', `# A comment\n\n${aDescriptor('group:team')}`);
    expect(await definitionOf(aComponent('a', { owner: 'te<|>am' }))).toEqual([
      'team -> teams.yaml:6 team',
    ]);
  });

  it.each([
    [
      'a placeholder',
      aDescriptor('api:a', { definition: { $text: './spec<|>.json' } }),
      ['api/spec.json'],
    ],
    [
      'docs next to the file',
      aDescriptor('component:a', {}, { annotations: { 'backstage.io/techdocs-ref': 'di<|>r:.' } }),
      ['api/mkdocs.yml'],
    ],
    [
      'docs in another folder',
      aDescriptor(
        'component:a',
        {},
        { annotations: { 'backstage.io/techdocs-ref': 'dir:.<|>./docs' } },
      ),
      ['docs/mkdocs.yml'],
    ],
    ['a target', aLocation('a', './one<|>.yaml'), ['api/one.yaml']],
    ['a pattern', aLocation('a', './*<|>.yaml'), ['api/here.yaml', 'api/one.yaml']],
    ['a missing target', aLocation('a', './none<|>.yaml'), []],
    [
      'a path outside the repository',
      aDescriptor('api:a', { definition: { $text: '../../x<|>.json' } }),
      [],
    ],
  ])('goes from %s to its file', async (_, marked, expected) => {
    workspace = await openLanguageWorkspace({
      'api/here.yaml': aComponent('here'),
      'api/one.yaml': aComponent('one'),
      'api/spec.json': '{}',
      'api/mkdocs.yml': 'site_name: A',
      'docs/mkdocs.yml': 'site_name: B',
    });
    const request = workspace.cursor('api/here.yaml', marked);
    const links = (await navigationProvider.definition?.(request)) ?? [];
    expect(links.map(({ targetUri }) => pathOf(targetUri))).toEqual(expected);
  });
});

describe('Find references', () => {
  const files = {
    'team.yaml': documents(
      aDescriptor('group:team'),
      aDescriptor('group:other', { parent: 'TEAM', children: [] }),
    ),
    'full.yaml': aDescriptor('component:shop/full', { owner: 'group:default/team' }),
    'partial.yaml': aDescriptor('component:shop/partial', { owner: 'default/team' }),
    'broken.yaml': aDescriptor('component:broken', { owner: 'Group:team', lifecycle: undefined }),
    'namesake.yaml': aDescriptor('component:shop/namesake', { owner: 'team' }),
    'annotated.yaml': aDescriptor(
      'component:annotated',
      { owner: 'user:x' },
      { annotations: { 'backstage.io/techdocs-entity': 'group:team' } },
    ),
  };

  it.each([
    ['a ref', aComponent('here', { owner: 'te<|>am' }), false],
    ['the name', documents(aComponent('here'), aDescriptor('group:te<|>am')), true],
  ])('finds every form from %s', async (_, marked, includeDeclaration) => {
    workspace = await openLanguageWorkspace(files);
    const request = workspace.cursor('here.yaml', marked);
    const found = await navigationProvider.references?.({ ...request, includeDeclaration });

    expect(shown(found ?? [])).toEqual([
      ...(includeDeclaration ? ['team.yaml:4 team', 'here.yaml:13 team'] : []),
      'annotated.yaml:6 group:team',
      'broken.yaml:7 Group:team',
      'full.yaml:9 group:default/team',
      'here.yaml:8 team',
      'partial.yaml:9 default/team',
      'team.yaml:16 TEAM',
    ]);
  });

  it('prefers open texts to the catalog', async () => {
    workspace = await openLanguageWorkspace(files);
    workspace.open('full.yaml', `# Moved\n${files['full.yaml']}`);
    workspace.open('partial.yaml', aComponent('partial', { owner: 'user:x' }));
    const request = workspace.cursor('here.yaml', aComponent('here', { owner: 'te<|>am' }));
    const found = await navigationProvider.references?.({ ...request, includeDeclaration: false });
    expect(shown(found ?? [])).toEqual([
      'annotated.yaml:6 group:team',
      'broken.yaml:7 Group:team',
      'full.yaml:10 group:default/team',
      'here.yaml:8 team',
      'team.yaml:16 TEAM',
    ]);
  });
});

describe('Document highlights', () => {
  it('mark all mentions in the file', async () => {
    workspace = await openLanguageWorkspace();
    const request = workspace.cursor(
      'a.yaml',
      documents(aDescriptor('group:team'), aComponent('a', { owner: 'te<|>am' }), aComponent('b')),
    );
    const found = (await navigationProvider.highlights?.(request)) ?? [];
    expect(found.map(({ range, kind }) => [range.start.line + 1, kind])).toEqual([
      [4, 3],
      [16, 2],
      [25, 2],
    ]);
  });
});

describe('Ref with an anchor, tag or alias', () => {
  const spec = `spec:
  type: service
  lifecycle: production
  owner: &us !!str team
  dependsOn: &all
    - &cart component:cart
  x-more:
    dependsOn: [*cart]
`;
  const shop = aComponent('shop').replace(/spec:[^]*$/, spec);
  const cart = aComponent('cart')
    .replace(/spec:[^]*$/, spec.replace('&cart component', 'resource'))
    .replace('owner: &us !!str team', 'x-us: &us team\n  owner: *us');
  const files = {
    'org.yaml': documents(aDescriptor('group:team'), aDescriptor('component:cart')),
  };

  it.each([
    ['an anchor', shop.replace('!!str team', '!!str te<|>am'), ['team -> org.yaml:4 team']],
    [
      'an item',
      shop.replace('component:cart', 'component:ca<|>rt'),
      ['component:cart -> org.yaml:12 cart'],
    ],
    ['an alias', cart.replace('*us', '*<|>us'), ['*us -> org.yaml:4 team']],
  ])('leads from %s to its entity', async (_, marked, expected) => {
    workspace = await openLanguageWorkspace(files);
    expect(await definitionOf(marked)).toEqual(expected);
  });

  it('is found at its anchor and its aliases', async () => {
    workspace = await openLanguageWorkspace({ ...files, 'cart.yaml': cart, 'shop.yaml': shop });
    const closed = shown(
      (await navigationProvider.references?.({
        ...workspace.cursor('here.yaml', aComponent('here', { owner: 'te<|>am' })),
        includeDeclaration: false,
      })) ?? [],
    );
    expect(closed).toEqual(expect.arrayContaining(['cart.yaml:9 *us', 'shop.yaml:8 team']));
    workspace.open('cart.yaml');
    workspace.open('shop.yaml');
    const open = shown(
      (await navigationProvider.references?.({
        ...workspace.cursor('here.yaml', aComponent('here', { owner: 'te<|>am' })),
        includeDeclaration: false,
      })) ?? [],
    );
    expect(open).toEqual(closed);
  });

  it('is highlighted at the alias', async () => {
    workspace = await openLanguageWorkspace(files);
    const request = workspace.cursor('a.yaml', cart.replace('*us', '*u<|>s'));
    const found = (await navigationProvider.highlights?.(request)) ?? [];
    expect(found.map(({ range }) => textAt(request.text.text, range))).toEqual(['*us']);
  });
});

describe('Document links', () => {
  it('link only to existing files and web pages', async () => {
    workspace = await openLanguageWorkspace({
      'one.yaml': aComponent('one'),
      'docs/mkdocs.yml': 'site_name: A',
    });
    const links = [
      'https://a.example',
      'command:evil',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'no url',
    ].map(url => ({ url }));
    const request = workspace.open(
      'here.yaml',
      documents(
        aLocation('a', './one.yaml', './none.yaml', 'https://b.example/x.yaml'),
        aDescriptor(
          'api:a',
          { definition: { $text: 'https://c.example/spec' } },
          {
            links,
            annotations: {
              'backstage.io/techdocs-ref': 'dir:docs',
              'backstage.io/source-location': 'url:https://d.example/',
              'backstage.io/view-url': 'command:evil',
            },
          },
        ),
      ),
    );
    const found = (await navigationProvider.links?.(request)) ?? [];
    expect(found.map(({ range, target }) => [textAt(request.text.text, range), target])).toEqual([
      ['./one.yaml', at('one.yaml')],
      ['https://b.example/x.yaml', 'https://b.example/x.yaml'],
      ['https://c.example/spec', 'https://c.example/spec'],
      ['dir:docs', at('docs/mkdocs.yml')],
      ['url:https://d.example/', 'https://d.example/'],
      ['https://a.example', 'https://a.example/'],
    ]);
  });
});

describe('Document symbols', () => {
  async function outline(text: string): Promise<readonly unknown[]> {
    workspace = await openLanguageWorkspace();
    const request: TextRequest = workspace.open('a.yaml', text);
    const symbols = (await navigationProvider.symbols?.(request)) ?? [];
    const toRow = ({ name, detail, children }: (typeof symbols)[number]): unknown => {
      const own = detail ? `${name}: ${detail}` : name;
      return children?.length ? [own, ...children.map(toRow)] : own;
    };
    return symbols.map(toRow);
  }

  it('contain the entities and their fields', async () => {
    const text = documents(
      aComponent('one', { dependsOn: ['component:x'] }),
      'not: a descriptor\n',
      'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: [\n',
      'apiVersion: backstage.io/v1alpha1\n',
    );
    expect(await outline(text)).toEqual([
      [
        'one: Component · service',
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        ['metadata', 'name: one'],
        [
          'spec',
          'type: service',
          'lifecycle: production',
          'owner: team',
          ['dependsOn', '[0]: component:x'],
        ],
      ],
      expect.arrayContaining([expect.stringMatching(/: API$/), 'kind: API']),
      ['(no name): no kind', 'apiVersion: backstage.io/v1alpha1'],
    ]);
  });

  it('keep their positions after an edit of another document', async () => {
    const text = documents('a: 1\n', aComponent('one'));
    await outline(text);
    const lines = async (edited: string): Promise<unknown> => {
      const symbols = await navigationProvider.symbols?.(workspace.open('a.yaml', edited));
      return symbols?.map(({ range, children }) => [
        range.start.line,
        children?.at(-1)?.range.start.line,
      ]);
    };
    expect(await lines(`# More\n${text}`)).toEqual([[3, 7]]);
    expect(await lines(text)).toEqual([[2, 6]]);
    // Identical text twice is one document at two positions.
    expect(await lines(documents(text, aComponent('one')))).toEqual([
      [2, 6],
      [11, 15],
    ]);
  });
});
