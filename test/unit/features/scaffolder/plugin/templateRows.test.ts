import { describe, expect, it } from 'vitest';
import type { TemplateSummary } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import {
  orderTemplates,
  presentTemplate,
  type TemplateNode,
  templateRows,
  templatesCard,
} from '../../../../../src/features/scaffolder/plugin';

function aTemplate(name: string, fields: Partial<TemplateSummary> = {}): TemplateSummary {
  return {
    ref: `template:default/${name}`,
    title: name,
    description: undefined,
    type: 'service',
    tags: [],
    owner: undefined,
    file: `file:///work/${name}/template.yaml`,
    isShipped: false,
    ...fields,
  };
}

const go = aTemplate('go', { owner: 'group:default/platform', description: 'A service in Go' });
const shop = aTemplate('shop', { owner: 'group:shop/sales', type: 'Website' });
const shipped = aTemplate('docs-site', {
  isShipped: true,
  type: 'documentation',
  owner: 'group:default/x',
});

describe('templateRows', () => {
  const lines = (parent?: TemplateNode): readonly string[] =>
    templateRows([go, shop, shipped], parent).map(node => {
      const { icon, label, description, contextValue } = presentTemplate(node, english);
      return `$(${icon}) ${label} [${description}] ${contextValue}`;
    });

  it("lists the catalog's templates, and included ones in a group", () => {
    expect(lines()).toEqual([
      '$(server-process) go [service · platform] template entity',
      '$(browser) shop [Website · shop/sales] template entity',
      '$(package) Included with Callboard [1] shipped',
    ]);
    const [row] = templateRows([shipped]);
    expect(lines(row)).toEqual(['$(book) docs-site [documentation] template']);
  });

  it('has no rows below a template', () => {
    const [row] = templateRows([go]);
    expect(lines(row)).toEqual([]);
  });
});

describe('orderTemplates', () => {
  const order = (recent: readonly string[], owners: readonly string[]): readonly string[] =>
    orderTemplates([go, shop, shipped], { recent, owners }).flatMap(({ section, templates }) =>
      templates.map(({ title }) => `${section} ${title}`),
    );

  it('puts recent and own templates first, each once', () => {
    expect(order([shipped.ref, 'template:default/gone'], ['group:shop/sales'])).toEqual([
      'recent docs-site',
      'own shop',
      'all go',
    ]);
  });

  it('puts included templates last, whoever owns them', () => {
    expect(order([], ['group:default/x'])).toEqual(['all go', 'all shop', 'shipped docs-site']);
  });
});

describe('templatesCard', () => {
  const cardOf = async (templates: readonly TemplateSummary[]): Promise<unknown> =>
    templatesCard(
      {
        getTemplates: () => Promise.resolve(templates),
        onDidChange: () => ({ dispose() {} }),
      },
      english,
    ).load({ signal: new AbortController().signal });

  it("starts with the catalog's templates, with commands that run them", async () => {
    expect(await cardOf([shipped, go])).toMatchObject({
      links: [
        {
          text: 'go',
          description: 'service · platform',
          target: { command: 'callboard.templates.start', arguments: [go.ref] },
        },
        { text: 'docs-site' },
        { text: 'Template Runs', target: { type: 'page', page: { page: 'tasks' } } },
      ],
    });
  });

  it('shows ten templates and a link to all', async () => {
    const many = Array.from({ length: 12 }, (_, index) => aTemplate(`t${index}`));
    const { links } = (await cardOf(many)) as { links: readonly { text: string }[] };
    expect(links.map(({ text }) => text).slice(9)).toEqual([
      't9',
      'All 12 templates',
      'Template Runs',
    ]);
  });
});
