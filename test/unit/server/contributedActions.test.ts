import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver-types';
import type { LanguageProvider } from '../../../src/features/authoring/language';
import { noModelData } from '../../../src/features/catalog/core/shared';
import { createFeatures } from '../../../src/server/features';
import { ServerSettings } from '../../../src/server/serverSettings';
import { type LanguageWorkspace, openLanguageWorkspace } from '../../support/languageWorkspace';
import { aTemplate } from '../../support/templates';
import { at } from '../../support/testCatalog';

let workspace: LanguageWorkspace;
let providers: readonly LanguageProvider[];

beforeAll(async () => {
  workspace = await openLanguageWorkspace({ 'template.yaml': aTemplate() });
  const settings = new ServerSettings();
  ({ providers } = createFeatures({
    context: workspace.context,
    settings,
    roots: () => [at('')],
    appConfigProvider: undefined,
    fetchText: () => Promise.reject(new Error('Nothing is fetched')),
  }));
  // Plugins are registered after the server has started.
  settings.update({
    model: {
      ...noModelData,
      actions: [
        {
          id: 'acme:described',
          description: 'Described only',
          input: { type: 'object', properties: { board: { type: 'string' } } },
        },
      ],
    },
    contributedActions: [
      {
        id: 'acme:ticket',
        description: 'Opens a **ticket**',
        input: {
          type: 'object',
          properties: { queue: { type: 'string', description: 'Who looks at it' } },
        },
        output: { type: 'object', properties: { key: { type: 'string' } } },
      },
    ],
  });
});
afterAll(() => workspace.dispose());

async function offered(text: string): Promise<readonly string[]> {
  const request = workspace.cursor('template.yaml', text);
  const items: CompletionItem[] = [];
  for (const { complete } of providers) {
    const found = await complete?.(request);
    items.push(...(found && 'items' in found ? found.items : (found ?? [])));
  }
  return items.map(({ label }) => label);
}

async function explained(text: string): Promise<string> {
  const request = workspace.cursor('template.yaml', text);
  const hovers = await Promise.all(providers.map(async ({ hover }) => hover?.(request)));
  return hovers.map(hover => (hover?.contents as MarkupContent | undefined)?.value ?? '').join('');
}

const ticket = (line: string): string =>
  aTemplate({
    more: `    - id: ticket\n      action: acme:ticket\n      input:\n        ${line}\n`,
  });

it('completes actions of plugins with their inputs and outputs', async () => {
  const step = (action: string): string => aTemplate({ more: `    - action: ${action}\n` });
  expect(await offered(step('acme<|>'))).toContain('acme:ticket');
  expect(await offered(ticket('qu<|>'))).toContain('queue');
  const output = '      - url: ${{ steps.ticket.output.<|> }}\n';
  expect(
    await offered(ticket('queue: a').replace('  output:\n    links:\n', `$&${output}`)),
  ).toContain('key');
});

it('completes actions that plugins only describe', async () => {
  const step = aTemplate({ more: '    - action: acme<|>\n' });
  expect(await offered(step)).toContain('acme:described');
  const input = ticket('bo<|>').replace('acme:ticket', 'acme:described');
  expect(await offered(input)).toContain('board');
});

it('describes actions of plugins on hover', async () => {
  const text = ticket('queue: a');
  expect(await explained(text.replace('acme:ticket', 'acme:<|>ticket'))).toContain(
    'Opens a **ticket**',
  );
  expect(await explained(text.replace('queue', 'qu<|>eue'))).toContain('Who looks at it');
});
