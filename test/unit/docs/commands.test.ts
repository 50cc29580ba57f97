import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { loadEntityCollators } from '../../../src/features/catalog/plugin';
import { DocsCollator } from '../../../src/features/techdocs/plugin';
import { writeBackstageModules } from '../../support/backstageModules';
import { builtWorker } from '../../support/builtProgram';
import { aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { callboard } from '../cli/capture';

const read = (path: string): string => readFileSync(inProject(path), 'utf8');
const guides = readdirSync(inProject('docs')).filter(name => name.endsWith('.md'));
const pages = ['README.md', ...guides.map(name => `docs/${name}`)];

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
  parameters:
    - properties: { name: { type: string } }
  steps:
    - { id: fetch, action: fetch:template, input: { url: ./skeleton, values: { name: shop } } }
    - { id: publish, action: publish:github, input: { repoUrl: 'github.com?owner=acme&repo=shop' } }
    - { id: register, action: catalog:register, input: { catalogInfoUrl: 'https://github.com/acme/shop/blob/main/catalog-info.yaml' } }
`;
const fixture = 'tests:\n  - name: works\n    expect:\n      status: completed\n';
const appConfig = 'catalog:\n  locations:\n    - { type: file, target: catalog.yaml }\n';

const layer = `layerId: acme.com/data
ops:
  - op: declareKind.v1
    kind: Dataset
    group: acme.com
    properties: { singular: dataset, plural: datasets, description: A table that teams share. }
`;

/** A template, its test and its skeleton. */
const templateIn = (folder: string): Readonly<Record<string, string>> => ({
  [`${folder}template.yaml`]: template,
  [`${folder}template.callboard-test.yaml`]: fixture,
  [`${folder}skeleton/README.md`]: '# Shop\n',
});

/** A repository with everything that the commands of the guides name. */
const files: Readonly<Record<string, string>> = {
  '.callboard/config.yaml': 'model: { layers: [model/*.yaml] }\n',
  'app-config.yaml': appConfig,
  'app-config.production.yaml': appConfig,
  'catalog.yaml': aDescriptor('location:all', { targets: ['./shop.yaml'] }),
  'demo/catalog-info.yaml': aDescriptor('component:demo', { owner: 'team-a' }),
  'docs/index.md': '# Shop\n',
  'mkdocs.yml': 'site_name: Shop\n',
  'model.json': '{ "kinds": [], "relations": [], "annotations": [], "labels": [], "tags": [] }\n',
  'model/data.yaml': layer,
  'plugins/runbooks/package.json': '{}',
  'predicate.yaml': 'kind: Component\n',
  'shop.yaml': documents(
    aDescriptor('group:team-a'),
    aDescriptor('system:sales', { owner: 'team-a' }),
    aDescriptor('component:shop', { owner: 'team-a', system: 'sales' }),
  ),
  'services/a/catalog-info.yaml': aDescriptor('component:a', { owner: 'team-a' }),
  'services/a/docs/index.md': '# A\n',
  'services/a/mkdocs.yml': 'site_name: A\n',
  'services/new/package.json': '{ "name": "new" }\n',
  'values.yaml': 'name: shop\n',
  'without-docs.yaml': 'metadata.annotations.backstage.io/techdocs-ref: { $exists: false }\n',
  'values.json': '{ "name": "shop" }\n',
  ...templateIn(''),
  ...templateIn('service/'),
  ...templateIn('templates/service/'),
};

let root: string;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  const repository = new TestRepository(join(root, 'repository'));
  repository.commit(files);
  const run = 'template run templates/service --values values.yaml --record --out made';
  const { code, stderr } = await callboard(run.split(' '), { cwd: repository.folder });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  repository.commit();
  for (const name of ['refs/tags/v1.0', 'refs/tags/v1.1', 'refs/remotes/origin/main']) {
    repository.git('update-ref', name, 'HEAD');
  }
  const source = aDescriptor('component:from-source', { owner: 'team-a' });
  new TestRepository(join(root, 'source')).commit({ 'catalog/catalog-info.yaml': source });
  new TestRepository(join(root, 'remote.git'), '--bare');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Command lines in code blocks and in code spans that have arguments, without usage such as `[DIR]`. */
function commandLines(text: string): readonly string[] {
  const blocks = text.match(/^```[^]*?^```/gm) ?? [];
  const spans = text.replace(/^```[^]*?^```/gm, '').matchAll(/`(callboard [^`]+)`/g);
  return [...blocks.flatMap(block => block.split('\n')), ...Array.from(spans, ([, line]) => line!)]
    .filter(line => line.startsWith('callboard '))
    .filter(line => !/[[(][A-Z]|\bOUT\b|COMMAND/.test(line));
}

/** Arguments of a line as a shell passes them on: without comments, redirections and pipes. */
function argumentsOf(line: string): readonly string[] {
  const words = line.match(/"[^"]*"|'[^']*'|[^\s"']+/g)?.slice(1) ?? [];
  const end = words.findIndex(word => /^[#>|]/.test(word));
  return (end < 0 ? words : words.slice(0, end)).map(word =>
    word.replace(/^["'](.*)["']$/, '$1').replace('$GITHUB_SHA', 'abc'),
  );
}

/** Replaces other machines by repositories in the folder. */
const withoutNetwork = (args: readonly string[]): readonly string[] =>
  args.map((word, index) => {
    if (args[index - 1] === '--source') return `git+file://${root}/source`;
    return args[index - 1] === '--remote' ? join(root, 'remote.git') : word;
  });

/** Commands as the text names them. Those that need arguments are only looked up. */
const names = new Set([
  'diff',
  'docs build',
  'docs render',
  'dependents',
  'graph',
  'search',
  'template run',
]);

const lines = [...new Set(pages.flatMap(page => commandLines(read(page))))];
/** Servers, which don't end, and names of commands. */
const isRunnable = (line: string): boolean =>
  !/^callboard (?:lsp|mcp)\b/.test(line) && argumentsOf(line).length > 0;

it.each(lines.filter(isRunnable))('%s runs', async line => {
  const args = argumentsOf(line);
  if (names.has(args.join(' '))) {
    return expect(await callboard(['help', ...args])).toMatchObject({ code: 0 });
  }
  const folder = mkdtempSync(join(root, 'run-'));
  const cwd = join(folder, 'repository');
  cpSync(join(root, 'repository'), cwd, { recursive: true });
  if (args.includes('../backstage')) writeBackstageModules(join(folder, 'backstage'));
  const { code, stderr } = await callboard(withoutNetwork(args), {
    cwd: args.includes('update') ? join(cwd, 'made') : cwd,
    collators: async deps => [...(await loadEntityCollators(deps.catalog)), new DocsCollator(deps)],
    env: { CALLBOARD_CACHE_DIR: join(folder, 'cache') },
    ...(args.includes('export') && { modelExporter: await builtWorker('modelExporter') }),
  });
  expect({ code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 1]) });
  return undefined;
});

it('finds command lines of the guides', () => {
  expect(lines.filter(isRunnable).length).toBeGreaterThan(60);
});

it.each(pages)('%s names only existing commands', page => {
  const { contributes } = JSON.parse(read('package.json')) as {
    contributes: { commands: { title: string }[] };
  };
  const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
  const titles = contributes.commands.map(({ title }) => texts[title.replaceAll('%', '')] ?? title);
  const prose = read(page).replace(/\s+/g, ' ');
  const named = Array.from(prose.matchAll(/\*\*Callboard: ([^*]+)\*\*/g), ([, title]) => title!);
  expect(named.filter(title => !titles.includes(title))).toEqual([]);
});
