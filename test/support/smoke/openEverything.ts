import { expect } from 'vitest';
import { build } from 'esbuild';
import { productBuilds } from '../../../scripts/lib/bundles.mjs';
import { testInOneWindow } from '../callboardTest';
import type { OpenCallboardOptions } from '../openCallboard';
import { commandSeries } from './commandSeries';
import { commandTitles, SmokeJourney } from './smokeJourney';
import { diagrams, languages, writeSmokeWorkspace } from './smokeWorkspace';
import { WindowProblems } from './windowProblems';

// Open every page, tab, chunk, language, diagram and command of the packed extension, and fail on each error text,
// console error and unhandled rejection. Other tests check what these things show.

/** Entities of each kind of page, by name and title. */
const entities = [
  ['booking-service', 'Booking Service'],
  ['smoke', 'smoke'],
  ['smoke-openapi', 'smoke-openapi'],
  ['smoke-asyncapi', 'smoke-asyncapi'],
  ['smoke-graphql', 'smoke-graphql'],
  ['smoke-grpc', 'smoke-grpc'],
  ['smoke-trpc', 'smoke-trpc'],
  ['smoke-wsdl', 'smoke-wsdl'],
  ['passenger-services', 'Passenger Services'],
  ['team-booking', 'Booking'],
  ['bruno.capstan', 'Bruno Capstan'],
] as const;

/** Commands that the journey may not reach: on search results, test runs and long lists. */
const ofOtherPlaces = [
  'Accept as Expected Output',
  'Add TechDocs…',
  'Allow Kinds from Source…',
  // Only while a source is fetched.
  'Cancel Fetch',
  'Clear Source Cache…',
  'Copy Source URL',
  'Edit Page on the Web',
  // Only some problems have a fix.
  'Fix…',
  'Open File of Result',
  'Open Result to the Side',
  'Open Source Settings',
  'Open Source in Browser',
  'Preview Result',
  // Only for sources, which this window doesn't have.
  'Refresh Source',
  'Remove Source Token…',
  // Only of systems.
  'Set Domain…',
  'Set Source Token…',
  // Only of links on pages.
  'Show Entity Page to the Side',
  'Show More',
  'Show More Problems',
  'Show Template Run…',
  // Only of plugins of other extensions: see pluginsView.test.ts.
  'Allow',
  'Disable Plugin',
  "Don't Allow",
  'Enable Plugin',
  'Open Manifest',
  'Reload Plugin',
  'Report Issue…',
];

/** Tests that open everything in a window whose folder is trusted, or isn't. */
export function openEverything(trust: 'trusted' | 'restricted'): void {
  const problems = new WindowProblems();
  const options: OpenCallboardOptions = {
    write: writeSmokeWorkspace,
    trust,
    settings: {
      'callboard.user': 'bruno.capstan',
      'files.simpleDialog.enable': true,
      'workbench.editor.enablePreview': false,
      // Clicking a tab while another one is resized must not close it.
      'workbench.editor.tabActionCloseVisibility': false,
    },
    viewport: { width: 1600, height: 1000 },
    watch: page => problems.watch(page),
  };
  const test = testInOneWindow(options, { isKept: true });

  test('pages of the portal open', async ({ callboard: { workbench, dataFolder } }) => {
    const journey = new SmokeJourney(workbench, problems);
    await workbench.runCommand('Callboard: Open Portal');
    const tabs = journey.page.getByRole('navigation', { name: 'Pages' });
    const pages = {
      Home: 'home',
      Catalog: 'catalog',
      APIs: 'catalog',
      Graph: 'graph',
      Organization: 'organization',
      Docs: 'docs',
      Create: 'create',
      Search: 'search',
    };
    for (const [name, element] of Object.entries(pages)) {
      journey.begin(name);
      await tabs.getByRole('button', { name }).click();
      await journey.page.locator(`callboard-${element}-page`).waitFor();
      await journey.checkPage();
    }
    const restricted = workbench.page.locator('.statusbar').getByText('Restricted Mode');
    expect(await restricted.count()).toBe(trust === 'restricted' ? 1 : 0);
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test.for(entities)(
    'the page of %s opens, with each tab',
    async ([name, title], { callboard }) => {
      const { workbench, dataFolder } = callboard;
      const journey = new SmokeJourney(workbench, problems);
      journey.begin(name);
      await workbench.runCommand('Callboard: Show Entity Page');
      await workbench.choose(name);
      await journey.checkTabs(title);
      expect(problems.take(dataFolder)).toEqual([]);
    },
  );

  test('docs show code and diagrams of all kinds', async ({ callboard }) => {
    const { workbench, dataFolder } = callboard;
    const journey = new SmokeJourney(workbench, problems);
    journey.begin('docs');
    await workbench.runCommand('Callboard: Open Docs…');
    await workbench.choose('Smoke');
    const article = journey.page.locator('callboard-docs-article');
    await article.getByRole('heading', { level: 1, name: 'Languages' }).waitFor();
    await journey.checkPage();
    const plain = await article
      .locator('pre:has(code)')
      .evaluateAll(blocks =>
        blocks.flatMap(block => (block.querySelector('[class^=hljs-]') ? [] : [block.textContent])),
      );
    expect(plain).toEqual([]);
    expect(await article.locator('pre:has(code)').count()).toBe(languages.length);

    await journey.page.getByRole('link', { name: 'Diagrams' }).first().click();
    await article.getByRole('heading', { level: 1, name: 'Diagrams' }).waitFor();
    await expect
      .poll(() => article.locator('.is-drawn').count(), { timeout: 120_000 })
      .toBe(diagrams.length);
    await journey.checkPage();
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test('templates open, and run where the folder is trusted', async ({ callboard }) => {
    const { workbench, dataFolder } = callboard;
    const journey = new SmokeJourney(workbench, problems);
    journey.begin('templates');
    if (trust === 'restricted') await journey.run('Callboard: Create from Template…');
    else {
      await workbench.runCommand('Callboard: Create from Template…');
      await workbench.choose('Smoke form');
      await journey.page.locator('callboard-template-page').getByText('Markdown').waitFor();
      await journey.checkPage();
      await workbench.runCommand('Callboard: Create from Template…');
      await workbench.choose('Smoke template');
      const { quickInput } = workbench;
      const folder = 'to create the files in';
      for (const step of ['Smoke template (1/1)', 'Browse…', folder, 'Write 0 files']) {
        await quickInput.getByText(step).first().waitFor();
        await workbench.page.keyboard.press('Enter');
      }
      await journey.page.getByRole('status').getByText('Completed').waitFor();
      await journey.checkPage();
    }
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test('commands of the palette run', async ({ callboard: { workbench, dataFolder } }) => {
    const journey = new SmokeJourney(workbench, problems);
    const tabs: Readonly<Record<string, string>> = {
      'Callboard: Go Back in Portal': 'Callboard',
      'Callboard: Go Forward in Portal': 'Callboard',
      'Callboard: Preview Docs to the Side': 'README.md',
    };
    const portal = (): Promise<void> => journey.run('Callboard: Open Portal');
    const preparations: Readonly<Record<string, () => Promise<void>>> = {
      'Callboard: Go Back in Portal': portal,
      'Callboard: Go Forward in Portal': portal,
      'Callboard: Clear Catalog Filter': () => journey.run('Callboard: Toggle Owned by Me Filter'),
      'Callboard: Clear Problems Filter': () =>
        journey.runWithAnswer('Callboard: Filter Problems…'),
    };
    for (const file of ['README.md', 'smoke-entities.yaml']) await workbench.openFile(file);
    for (const title of commandTitles(trust).palette) {
      if (title.endsWith('…')) continue;
      await preparations[title]?.();
      await journey.run(title, tabs[title] ?? 'smoke-entities.yaml');
    }
    await journey.run('Callboard: Clear Catalog Filter');
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test('commands ask to the last prompt', async ({ callboard: { workbench, dataFolder } }) => {
    const journey = new SmokeJourney(workbench, problems);
    const asking = (title: string): boolean => title.endsWith('…');
    expect(Object.keys(commandSeries).sort()).toEqual(
      commandTitles().palette.filter(asking).sort(),
    );
    const titles = commandTitles(trust).palette.filter(asking);
    for (const file of ['smoke-template.yaml', 'smoke-entities.yaml']) {
      await workbench.openFile(file);
    }
    for (const title of titles) {
      const isOfTemplate = title === 'Callboard: Dry Run Template…';
      const tab = isOfTemplate ? 'smoke-template.yaml' : 'smoke-entities.yaml';
      const series = commandSeries[title];
      if (!series || series === 'message') await journey.run(title, tab);
      else {
        const last =
          trust === 'restricted' ? series.findIndex(step => step.isLastIfRestricted) : -1;
        await journey.runSeries(title, last < 0 ? series : series.slice(0, last + 1), tab);
      }
    }
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test('menus of rows do what they say', async ({ callboard: { workbench, dataFolder } }) => {
    const journey = new SmokeJourney(workbench, problems);
    await workbench.openContainer('Callboard');
    await journey.run('Callboard: Group Problems by Code');
    const taken = new Set<string>();
    const catalog = await workbench.openView('Catalog');
    await workbench.expand(catalog.getByRole('treeitem', { name: /^Components/ }));
    await journey.takeMenu(catalog.getByRole('treeitem', { name: /^Booking Service/ }), taken);
    for (const [name, row] of [
      ['Docs', /./],
      ['Templates', /^Smoke template/],
      ['Catalog Health', /./],
    ] as const) {
      const view = await workbench.openView(name);
      const first = view.getByRole('treeitem', { name: row }).first();
      await first.waitFor();
      if ((await first.getAttribute('aria-expanded')) !== null) {
        await workbench.expand(first);
        await journey.takeMenu(view.getByRole('treeitem').nth(1), taken);
      }
      // Last, as it can ignore all of its problems.
      await journey.takeMenu(first, taken);
    }
    const labels = new Set([...taken].map(label => label.split('\n')[0]));
    const known = new Set([...labels, ...ofOtherPlaces]);
    expect(commandTitles().others.filter(title => !known.has(title))).toEqual([]);
    expect(problems.take(dataFolder)).toEqual([]);
  });

  test.runIf(trust === 'trusted')('every chunk of the portal was loaded', async () => {
    const options = productBuilds({ production: true }).find(
      ({ outdir }) => outdir === 'dist/webview',
    );
    const { metafile } = await build({ ...options, write: false });
    const missing = Object.entries(metafile?.outputs ?? {}).flatMap(
      ([path, { entryPoint = '' }]) => {
        const isOurs = /^webview\/(portal|shared)\/|\/highlight\.js\//.test(entryPoint);
        const isLoaded = problems.loaded.has(path.replace('dist/webview/', ''));
        return isOurs && path.endsWith('.js') && !isLoaded ? [entryPoint] : [];
      },
    );
    expect(missing).toEqual([]);
  });
}
