import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  defaultGeneratorOptions,
  type GeneratorOptions,
} from '../../../../../../src/features/techdocs/core';
import type { ConfigNode } from '../../../../../../src/features/techdocs/core/sites/config/configNode';
import { loadConfig } from '../../../../../../src/features/techdocs/core/sites/config/loadConfig';
import { SiteProblems } from '../../../../../../src/features/techdocs/core/sites/siteProblems';
import type { Problem } from '../../../../../../src/model';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';

const FIXTURES = new URL('../../../../../fixtures/techdocs/production/', import.meta.url);
const names = readdirSync(FIXTURES).filter(name => name.endsWith('.yml'));

const widened: GeneratorOptions = {
  defaultPlugins: ['own-default'],
  additionalKeys: ['own-key'],
  additionalPlugins: ['own-plugin'],
  additionalExtensions: ['own-extension'],
};

async function sanitized(
  text: string,
  generator = defaultGeneratorOptions,
): Promise<{ config: unknown; problems: readonly Problem[] }> {
  const problems = new SiteProblems();
  const map = await loadConfig(at('mkdocs.yml'), {
    read: () => Promise.resolve({ type: 'text', text }),
    environment: new Map(),
    boundary: at(''),
    problems,
    generator,
  });
  return { config: map && plain(map), problems: problems.list };
}

/** Replaces values with a YAML tag by the name of the tag, as the recordings do. */
function plain(node: ConfigNode): unknown {
  if (node.tag !== undefined) return `<${node.tag}>`;
  if (node.type === 'list') return node.items.map(plain);
  if (node.type === 'scalar') return node.value;
  return Object.fromEntries(Array.from(node.entries, ([key, { value }]) => [key, plain(value)]));
}

describe('generator of TechDocs', () => {
  it.each(names)('passes the recorded config of %s to MkDocs', async name => {
    const text = readFileSync(new URL(name, FIXTURES), 'utf8');
    const recorded = JSON.parse(
      readFileSync(new URL(name.replace(/yml$/, 'json'), FIXTURES), 'utf8'),
    ) as { config?: unknown; error?: string };
    const options = name.startsWith('widened') ? widened : defaultGeneratorOptions;
    const { config, problems } = await sanitized(text, options);
    const refused = problems.filter(({ code }) => code === 'docs-config-refused');
    expect(refused.length > 0).toBe(recorded.error !== undefined);
    if (recorded.error === undefined) expect(config).toEqual(recorded.config);
  });

  it('reports removed parts at their place, with the setting that keeps them', async () => {
    const text = `site_name: Ferry
hooks: [a.py]
theme: { name: material, custom_dir: overrides }
plugins:
  - exclude: {}
  - search: text
  - !ENV PLUGIN
markdown_extensions:
  - mkdocs_click
  - my.module:Extension
  - pymdownx.snippets: { base_path: .. }
  - plantuml_markdown: { plantuml_cmd: run }
  - pymdownx.emoji: { options: { custom_icons: [../icons] } }
`;
    const { problems } = await sanitized(text);
    const hint = (list: string): string =>
      ` To keep it, add it to techdocs.generator.mkdocs.dangerouslyAllowAdditional${list} of the app-config.`;
    expect(
      problems.map(({ range: { start }, message }) => [start.line, start.character, message]),
    ).toEqual([
      [1, 0, `TechDocs removes "hooks" from mkdocs.yml.${hint('Keys')}`],
      [2, 25, 'TechDocs removes "custom_dir" from theme.'],
      [4, 4, `TechDocs removes the plugin "exclude".${hint('Plugins')}`],
      [5, 4, 'TechDocs removes this plugin, because its declaration is malformed.'],
      [6, 9, 'TechDocs removes plugins with the tag !ENV.'],
      [8, 4, `TechDocs removes the Markdown extension "mkdocs_click".${hint('Extensions')}`],
      [9, 4, 'TechDocs removes the Markdown extension "my.module:Extension".'],
      [10, 4, 'TechDocs removes the options of pymdownx.snippets.'],
      [11, 25, 'TechDocs removes "plantuml_cmd" from plantuml_markdown.'],
      [
        12,
        33,
        'TechDocs removes "custom_icons", which must be a list of paths inside the folder of mkdocs.yml.',
      ],
    ]);
  });

  it('reports nothing for plugins of techdocs-core', async () => {
    const { problems } = await sanitized('site_name: A\nplugins: [monorepo, techdocs-core]\n');
    expect(problems).toEqual([]);
  });

  it('handles aliases that repeat a list of plugins many times', async () => {
    const level = (name: string, inner: string): string =>
      `  ${name}: &${name} [${Array<string>(9).fill(`group: { plugins: *${inner} }`).join(', ')}]\n`;
    const levels = 'bcdefghij'.split('').map((name, i) => level(name, 'abcdefghij'[i] ?? ''));
    const text = `site_name: A\nextra:\n  a: &a [exclude, search]\n${levels.join('')}plugins: *j\n`;
    const { problems } = await sanitized(text);
    expect(problems).toHaveLength(1);
  });
});

describe('site', () => {
  const files = {
    'mkdocs.yml':
      'INHERIT: ../base.yml\nsite_name: Ferry\ndraft_docs: more.md\nextra_javascript: [a.js]\nplugins: [{ exclude: { glob: [other.md] } }]\n',
    '/work/base.yml': 'use_directory_urls: false\n',
    'docs/index.md': '# Welcome',
    'docs/more.md': '# More',
    'docs/other.md': '# Other',
  };
  const pagesOf = async (generator: GeneratorOptions | undefined): Promise<readonly string[]> => {
    const site = new SiteInMemory(files, { generator: () => Promise.resolve(generator) });
    return (await site.content()).pages.map(({ url }) => url);
  };

  it('has the pages that production publishes', async () => {
    expect(await pagesOf(defaultGeneratorOptions)).toEqual(['', 'more/', 'other/']);
  });

  it('has the pages that MkDocs builds', async () => {
    expect(await pagesOf(undefined)).toEqual(['index.html']);
  });

  it('has the pages of an extended allowlist', async () => {
    const additionalPlugins = ['exclude'];
    const options = { ...defaultGeneratorOptions, additionalPlugins };
    expect(await pagesOf(options)).toEqual(['', 'more/']);
  });
});
