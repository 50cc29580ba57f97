import { describe, expect, it } from 'vitest';
import { english, escapeMarkdown } from '../../../../../../src/base';
import {
  danglingTooltip,
  entityTooltip,
  failedTooltip,
} from '../../../../../../src/features/catalog/plugin/tree/entityTooltip';
import {
  aFailedEntity,
  anEntity,
  aProblem,
  InMemoryCatalog,
  type InMemoryCatalogContent,
} from '../../../../../support/inMemoryCatalog';

function tooltip(content: InMemoryCatalogContent): string {
  const catalog = new InMemoryCatalog(content);
  return entityTooltip(catalog.getEntities()[0]!, { catalog, translate: english });
}

describe('entityTooltip', () => {
  it('shows title, ref, owner, links and problems of an entity', () => {
    expect(
      tooltip({
        entities: [
          anEntity(
            'Component:orders',
            { type: 'service', lifecycle: 'production', owner: 'sales' },
            {
              title: 'Orders',
              description: 'Takes\norders',
              tags: ['java', 'go'],
              links: [
                { url: 'https://example.com/a b', title: 'Board' },
                { url: 'command:workbench.action.quit', title: 'Trap' },
              ],
            },
          ),
        ],
        problems: [aProblem({ entityRef: 'component:default/orders', message: 'Bad' })],
      }),
    ).toBe(
      [
        '$(chip) **Orders**',
        '`component:default/orders`',
        'Takes orders',
        'Type: service  \nOwner: sales &#40;not in the catalog&#41;  \nLifecycle: production  \nTags: java, go',
        '$(link) [Board](https://example.com/a%20b)',
        '---\n\n$(warning) Bad',
      ].join('\n\n'),
    );
  });

  it('shows an existing owner by its title', () => {
    const entities = [
      anEntity('Component:orders', { owner: 'sales' }),
      anEntity('Group:sales', { profile: { displayName: 'The Sales Team' } }),
    ];
    expect(tooltip({ entities })).toContain('Owner: The Sales Team');
  });

  it.each([
    ['[run](command:evil)'],
    ['<img src=x onerror=alert(1)>'],
    ['$(zap) **bold** `code` ~~no~~'],
    ['![x](https://tracker.example.com/p.png)'],
    ['https://example.com www.example.com me@example.com'],
    ['# heading\n\n- list\n\n| a | b |\n|---|---|'],
    ['&lt;script&gt;'],
  ])('escapes Markdown in %j', text => {
    const markdown = tooltip({ entities: [anEntity('Location:x', {}, { description: text })] });
    const description = markdown.split('\n\n')[2]!;
    // Only letters, digits, blanks, a few harmless characters and character references are left.
    expect(description).toMatch(/^(?:[\p{L}\p{N} ,;/?%"']|&#\d+;)*$/u);
    const shown = description.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(shown).toBe(text.replace(/\s+/g, ' '));
  });

  it('limits the list of problems', () => {
    const problems = Array.from({ length: 8 }, (_, i) =>
      aProblem({ entityRef: 'location:default/x', message: `Problem ${i}` }),
    );
    const markdown = tooltip({ entities: [anEntity('Location:x')], problems });
    expect(markdown).toContain('Problem 4');
    expect(markdown).not.toContain('Problem 5');
    expect(markdown).toContain('3 more in the Problems panel');
  });

  it('escapes backticks in names', () => {
    const markdown = tooltip({ entities: [anEntity('Component:a`[x](command:y)`b')] });
    expect(markdown.split('\n\n')[1]).toBe('`component:default/a [x](command:y) b`');
  });
});

describe('failedTooltip', () => {
  it('lists the errors of the document and of the file', () => {
    const catalog = new InMemoryCatalog({
      problems: [
        aProblem({
          file: 'file:///work/broken.yaml',
          document: 1,
          severity: 'error',
          message: 'Mine',
        }),
        aProblem({ file: 'file:///work/broken.yaml', document: undefined, message: 'Of all' }),
        aProblem({ file: 'file:///work/broken.yaml', document: 0, message: 'Not mine' }),
      ],
    });
    const failed = aFailedEntity({ document: 1 });
    expect(failedTooltip(failed, { catalog, translate: english })).toBe(
      [
        '$(error) **Unnamed**',
        'Not in the catalog, because the descriptor has errors.',
        '$(error) Mine',
        '$(warning) Of all',
      ].join('\n\n'),
    );
  });
});

describe('danglingTooltip', () => {
  it('names the missing entity', () => {
    expect(danglingTooltip('group:default/x', english)).toBe(
      `$(warning) **${escapeMarkdown('group:default/x')}**\n\nNo entity in the catalog has this name.`,
    );
  });
});
