import { CatalogEngine } from '../../../src/features/catalog/core';
import { snapshotIn } from '../../../src/features/catalog/core/snapshot';
import { writeFiles } from '../../../src/features/scaffolder/core';
import {
  DefaultSearchIndex,
  DefaultSearchService,
  IndexStore,
} from '../../../src/features/search/core';
import { InProcessSearchIndex } from '../../../src/features/search/core/client/inProcessSearchIndex';
import { EntitySearch } from '../../../src/features/search/core/entities';
import { Registry } from '../../../src/base';
import { buildDocs, readFolderSite, writeDocs } from '../../../src/features/techdocs/core';
import type { FileChange } from '../../../src/platform/core/ports';
import { aSetup } from '../../support/backstageCatalog';
import { contentOf } from '../../support/catalogHistory';
import { aComponent, aDescriptor, aLocation, documents } from '../../support/descriptors';
import { FatefulPool } from '../../support/fatefulPool';
import { anEntity, InMemoryCatalog } from '../../support/inMemoryCatalog';
import { InMemoryBlobStore } from '../../support/inMemoryBlobStore';
import { InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import { InMemoryOutputFolder } from '../../support/inMemoryOutputFolder';
import { NotesCollator } from '../../support/searching';
import { runTemplate, textsOf } from '../../support/templateRuns';
import { at, root } from '../../support/testCatalog';
import { TestClock } from '../../support/testClock';
import type { Outcome, Session } from './session';
import { sourceSessions } from './sourceSessions';

const CATALOG: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[remote "origin"]\n  url = https://github.com/acme/shop\n',
  '.gitignore': 'ignored\n',
  CODEOWNERS: '* @acme/team-a\n',
  'catalog-info.yaml': documents(aLocation('all', './a/x.yaml', './b/*.yml'), aComponent('shop')),
  'a/x.yaml': aDescriptor('api:x', { definition: { $text: './spec.yaml' } }),
  'a/spec.yaml': 'openapi: 3.0.0\ninfo: { title: x, version: "1" }\npaths: {}\n',
  'b/one.yml': aComponent('one'),
  'b/two.yml': aComponent('two'),
  'c/catalog-info.yaml': aComponent('lonely'),
  'app-config.yaml': `catalog:
  rules: [{ allow: [Component, API, Location, Template] }]
  locations: [{ type: file, target: ./catalog-info.yaml }]
`,
  'template/template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: path }
spec:
  owner: team-a
  type: service
  steps: [{ id: fetch, action: fetch:template, input: { url: ./skeleton } }]
`,
  'template/skeleton/README.md': '# ${{ values.name }}\n',
};

function inMemory(texts: Readonly<Record<string, string>>): InMemoryFileSystem {
  return new InMemoryFileSystem(
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/work/${path}`, text])),
  );
}

/** Messages of problems with their files. */
const problemsOf = (engine: CatalogEngine): readonly string[] =>
  engine.getProblems().map(({ message, file = '' }) => `${file} ${message}`);

/** Opens a workspace, edits it, saves the snapshot and starts again from it. */
function catalogSession(name: string, { isBackstage }: { isBackstage: boolean }): Session {
  return {
    name,
    silent: ['blobs.read'],
    async run(plan, report): Promise<Outcome> {
      const files = inMemory(CATALOG);
      const store = plan.blobs(new InMemoryBlobStore());
      const open = (): CatalogEngine => {
        const engine = new CatalogEngine({
          fileSystem: plan.files(files),
          clock: new TestClock(),
          logger: report.logger,
          snapshot: snapshotIn(store, '1'),
        });
        engine.setRoots([root('work')]);
        if (isBackstage) engine.setBackstage(aSetup({ configs: [at('app-config.yaml')] }));
        return engine;
      };
      const first = open();
      await report.attempt(() => first.refresh());
      report.add(problemsOf(first));
      const edit = async (texts: Readonly<Record<string, string | undefined>>): Promise<void> => {
        const changes = Object.entries(texts).map(([path, text]): FileChange => {
          if (text === undefined) files.remove(`/work/${path}`);
          else files.write(`/work/${path}`, text);
          return { type: text === undefined ? 'deleted' : 'changed', uri: at(path) };
        });
        await report.attempt(() => first.applyChanges(changes));
        report.add(problemsOf(first));
      };
      await edit({ 'b/one.yml': aComponent('uno'), 'b/three.yml': aComponent('three') });
      await edit({ 'a/spec.yaml': 'openapi: 3.1.0\n', 'b/two.yml': undefined });
      await report.attempt(() => first.whenInspected());
      report.add(problemsOf(first));
      const live = contentOf(first);
      await report.attempt(() => first.save());
      files.write('/work/c/catalog-info.yaml', aComponent('moved'));
      const second = open();
      await report.attempt(() => second.refresh());
      await report.attempt(() => second.whenInspected());
      report.add(problemsOf(second));
      const before = [live, contentOf(second)];
      plan.end();
      const after = await Promise.all(
        [first, second].map(async engine => {
          await engine.refresh();
          await engine.whenInspected();
          return contentOf(engine);
        }),
      );
      for (const engine of [first, second]) engine.dispose();
      return { before, after };
    },
  };
}

const templateSession: Session = {
  name: 'a template that is run and written',
  async run(plan, report): Promise<Outcome> {
    const files = inMemory({
      'template.yaml': 'kind: Template\n',
      'skeleton/README.md': '# ${{ values.name }}\n',
      'skeleton/src/${{ values.name }}.ts': 'export {};\n',
      'docs/index.md': '# Docs\n',
    });
    const run = async (output: InMemoryOutputFolder): Promise<unknown> => {
      const outcome = await runTemplate({
        template: `
steps:
  - { id: one, action: fetch:template, input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } } }
  - { id: two, action: fetch:plain, input: { url: ./docs, targetPath: docs } }
  - { id: three, action: fs:rename, input: { files: [{ from: README.md, to: READ.md }] } }
output: { text: [{ title: Done, content: '\${{ parameters.name }}' }] }
`,
        values: { name: 'shop' },
        place: { fileSystem: plan.files(files), file: at('template.yaml') },
        workers: plan.workers(new FatefulPool(files, ['done'])),
      });
      if (outcome.error !== undefined) report.add([outcome.error]);
      const written = [...outcome.files].map(([path, file]) => ({ path, ...file }));
      if (outcome.status === 'completed') {
        const { signal } = new AbortController();
        await report.attempt(() => writeFiles(written, plan.output(output), { signal }));
      }
      return [outcome.status, outcome.output, textsOf(outcome.files), output.texts];
    };
    const project = { 'READ.md': 'old', 'mine.txt': 'mine' };
    const output = new InMemoryOutputFolder(project);
    const before = await run(output);
    // Everything or nothing.
    const all = {
      ...project,
      'READ.md': '# shop\n',
      'src/shop.ts': 'export {};\n',
      'docs/index.md': '# Docs\n',
    };
    const isWhole = [all, project].some(
      texts => JSON.stringify(sorted(texts)) === JSON.stringify(sorted(output.texts)),
    );
    if (!isWhole) throw new Error(`Half a project: ${JSON.stringify(output.texts)}`);
    plan.end();
    return { before, after: await run(output) };
  },
};

const sorted = (texts: Readonly<Record<string, string>>): unknown =>
  Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1));

/** The files of a theme that a build needs. */
const THEME = { 'theme/site.css': 'a {}', 'theme/site.js': '' };

const docsSession: Session = {
  name: 'docs that are built twice',
  async run(plan, report): Promise<Outcome> {
    const files = inMemory({
      'mkdocs.yml':
        'site_name: Shop\nnav: [index.md, { More: more.md }]\nplugins: [techdocs-core]\n',
      'docs/index.md': '# Shop\n\n![](picture.svg) [more](more.md)\n',
      'docs/more.md': '# More\n\n--8<-- "part.md"\n',
      'docs/picture.svg': '<svg/>',
      'part.md': 'A part.\n',
      ...THEME,
    });
    const output = new InMemoryOutputFolder();
    const deps = { fileSystem: plan.files(files), clock: new TestClock() };
    const build = async (): Promise<unknown> => {
      const site = await readFolderSite(at(''), { ...deps, environment: new Map() });
      if (!site) throw new Error('There is no mkdocs.yml');
      report.add(site.content.problems.map(({ message, file = '' }) => `${file} ${message}`));
      const built = await buildDocs(site, { ...deps, theme: at('theme') }, { time: 86_400_000 });
      report.add(built.messages.map(message => JSON.stringify(message)));
      await writeDocs(built, plan.output(output));
      return sorted(output.texts);
    };
    const first = await report.attempt(build);
    files.write('/work/docs/more.md', '# Less\n');
    files.remove('/work/docs/picture.svg');
    files.write('/work/docs/index.md', '# Shop\n');
    const second = await report.attempt(build);
    plan.end();
    return { before: [first, second], after: await build() };
  },
};

const searchSession: Session = {
  name: 'search, and its index of the last session',
  silent: ['blobs.read'],
  async run(plan, report): Promise<Outcome> {
    const store = plan.blobs(new InMemoryBlobStore());
    const notes = new NotesCollator({ 'a#1': ['Apple'], 'b#1': ['Bear', 'Bee'] });
    const open = () => {
      const catalog = new InMemoryCatalog({ entities: [anEntity('component:default/shop')] });
      const collators = new Registry<typeof notes>();
      collators.add(notes);
      const search = new DefaultSearchService({
        catalog,
        collators,
        entitySearch: new EntitySearch(catalog),
        identity: { getOwnershipRefs: () => [] },
        recent: { viewed: () => [], edited: () => [] },
        starred: { all: () => [] },
        index: Object.assign(new InProcessSearchIndex(new DefaultSearchIndex()), {
          isInProcess: false,
        }),
        clock: new TestClock(),
        logger: report.logger,
        indexStore: new IndexStore({ store, version: '1', logger: report.logger }),
      });
      const found = async (): Promise<unknown> => {
        await search.whenReady(new AbortController().signal);
        // Waits until the index is saved.
        for (let turns = 0; turns < 20; turns++)
          await new Promise(resolve => setImmediate(resolve));
        const { results } = await search.find(
          { query: 'apple', limit: 10 },
          new AbortController().signal,
        );
        return results.map(({ title }) => title.text);
      };
      return { search, found };
    };
    const first = open();
    const before = [await first.found()];
    notes.write({ 'a#2': ['Apple', 'Apple pie'], 'b#1': ['Bear', 'Bee'] }, 'a');
    before.push(await first.found());
    first.search.dispose();
    const second = open();
    before.push(await second.found());
    plan.end();
    await second.search.rebuild();
    const after = await second.found();
    second.search.dispose();
    return { before, after };
  },
};

export const sessions: readonly Session[] = [
  catalogSession('a workspace', { isBackstage: false }),
  catalogSession('a workspace as Backstage shows it', { isBackstage: true }),
  ...sourceSessions,
  templateSession,
  docsSession,
  searchSession,
];
