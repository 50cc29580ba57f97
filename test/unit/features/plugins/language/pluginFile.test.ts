import { afterEach, describe, expect, it } from 'vitest';
import {
  createStructureProvider,
  type LanguageProvider,
  StructureService,
} from '../../../../../src/features/authoring/language';
import { pluginFileProvider } from '../../../../../src/features/plugins/language';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../support/languageWorkspace';

let workspace: LanguageWorkspace;
afterEach(() => workspace.dispose());

const files = {
  '.callboard/plugin.yaml': '',
  'model/kinds.yaml': 'layerId: acme\n',
  'RUNBOOK.md': '# Restart\n',
  'tools/acme/plugin.yaml': 'apiVersion: 1\n',
};

const structure: LanguageProvider = createStructureProvider({
  service: new StructureService({
    declaredKinds: () => [],
    readFile: () => Promise.reject(new Error('there is no such file')),
    fetchText: () => Promise.reject(new Error('nothing is fetched')),
    workspaceFolders: () => [],
    isTrusted: () => true,
    allowedHosts: () => [],
    now: () => 0,
  }),
  isDelegated: () => false,
  state: () => ({}),
});

describe('.callboard/plugin.yaml', () => {
  it('has completion and hover, and no structure problems', async () => {
    workspace = await openLanguageWorkspace(files);
    const request = workspace.cursor(
      '.callboard/plugin.yaml',
      'apiVersion: 1\nid: acme\ncomm<|>\n',
    );
    const { items = [] } = (await structure.complete?.(request)) ?? {};
    expect(items.map(({ label }) => label)).toContain('commands');
    expect(await structure.problems?.(request)).toEqual([]);
    const hovered = workspace.cursor(
      '.callboard/plugin.yaml',
      'apiVersion: 1\nid: acme\ntitle: A\ngroup<|>ings:\n  - id: a\n',
    );
    expect(JSON.stringify(await structure.hover?.(hovered))).toContain(
      'Ways to group the Catalog view.',
    );
    const card = workspace.cursor(
      '.callboard/plugin.yaml',
      'cards:\n  - id: a\n    content:\n      type: metrics\n      metrics:\n        - un<|>\n',
    );
    const inside = (await structure.complete?.(card))?.items.map(({ label }) => label);
    expect(inside).toContain('unit');
  });

  it('links paths to their files', async () => {
    workspace = await openLanguageWorkspace(files);
    const text =
      'model: [model/kin<|>ds.yaml, none.yaml]\nsearch:\n  - files: RUNBOOK.md\n  - files: ../x.md\n';
    const request = workspace.cursor('.callboard/plugin.yaml', text);
    expect(await pluginFileProvider.definition?.(request)).toMatchObject([
      { targetUri: 'file:///work/model/kinds.yaml' },
    ]);
    const links = (await pluginFileProvider.links?.(request)) ?? [];
    expect(links.map(({ target }) => target)).toEqual([
      'file:///work/model/kinds.yaml',
      'file:///work/RUNBOOK.md',
    ]);
    const config = workspace.cursor('.callboard/config.yaml', 'plugins:\n  - ./tools/<|>acme\n');
    expect(await pluginFileProvider.definition?.(config)).toMatchObject([
      { targetUri: 'file:///work/tools/acme/plugin.yaml' },
    ]);
    expect(await pluginFileProvider.links?.(workspace.cursor('other.yaml', text))).toEqual([]);
  });
});
