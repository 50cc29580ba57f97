import { describe, expect } from 'vitest';
import { build } from 'esbuild';
import { productBuilds } from '../../scripts/lib/bundles.mjs';
import { testInOneWindow } from '../support/callboardTest';
import { paletteCommands, SmokeJourney } from '../support/smoke/smokeJourney';
import { diagrams, languages, writeSmokeWorkspace } from '../support/smoke/smokeWorkspace';
import { WindowProblems } from '../support/smoke/windowProblems';

// Opens everything there is in the packed extension, and fails on any error text, error on a console and
// unhandled rejection. Journeys of people are elsewhere: here nothing has to be right but that it works.

const entities = [
  ...['booking-service', 'smoke', 'smoke-openapi', 'smoke-asyncapi', 'smoke-graphql', 'smoke-grpc'],
  ...['smoke-trpc', 'smoke-wsdl', 'passenger-services', 'team-booking', 'bruno.capstan'],
];

/** Commands that need something that this window doesn't have. */
const notOffered: readonly string[] = [];

/** Restricted windows, templates, commands and menus take minutes: they are opened by `CALLBOARD_SMOKE=all` only. */
const isAll = process.env.CALLBOARD_SMOKE === 'all';

describe.each(isAll ? (['trusted', 'restricted'] as const) : (['trusted'] as const))(
  'in a %s window',
  trust => {
    const problems = new WindowProblems();
    const test = testInOneWindow({
      write: writeSmokeWorkspace,
      trust,
      settings: { 'callboard.user': 'bruno.capstan', 'files.simpleDialog.enable': true },
      viewport: { width: 1600, height: 1000 },
      watch: page => problems.watch(page),
    });

    test('pages of the portal open', async ({ callboard: { workbench, dataFolder } }) => {
      const journey = new SmokeJourney(workbench, problems);
      await workbench.runCommand('Callboard: Open Portal');
      const tabs = journey.page.locator('nav a, nav [role=tab], nav button');
      await tabs.first().waitFor();
      for (const name of ['Home', 'Catalog', 'Graph', 'Organisation', 'Docs', 'Search']) {
        journey.begin(name);
        await tabs.filter({ hasText: name }).first().click();
        await journey.lookAtPage();
      }
      expect(problems.take(dataFolder)).toEqual([]);
    });

    test.for(entities)('the page of %s opens, with each tab', async (name, { callboard }) => {
      const { workbench, dataFolder } = callboard;
      const journey = new SmokeJourney(workbench, problems);
      journey.begin(name);
      await workbench.runCommand('Callboard: Show Entity Page');
      await workbench.choose(name);
      await journey.lookAtTabs();
      expect(problems.take(dataFolder)).toEqual([]);
    });

    test('docs show code and diagrams of all kinds', async ({ callboard }) => {
      const { workbench, dataFolder } = callboard;
      const journey = new SmokeJourney(workbench, problems);
      journey.begin('docs');
      await workbench.runCommand('Callboard: Open Docs of a Site');
      await workbench.choose('Smoke');
      const article = journey.page.locator('callboard-docs-article');
      await article.getByRole('heading', { level: 1, name: 'Languages' }).waitFor();
      await journey.lookAtPage();
      const plain = await article
        .locator('pre:has(code)')
        .evaluateAll(blocks =>
          blocks.flatMap(block =>
            block.querySelector('[class^=hljs-]') ? [] : [block.textContent],
          ),
        );
      expect(plain).toEqual([]);
      expect(await article.locator('pre:has(code)').count()).toBe(languages.length);

      await journey.page.getByRole('link', { name: 'Diagrams' }).first().click();
      await article.getByRole('heading', { level: 1, name: 'Diagrams' }).waitFor();
      await expect
        .poll(() => article.locator('.is-drawn').count(), { timeout: 120_000 })
        .toBe(diagrams.length);
      await journey.lookAtPage();
      expect(problems.take(dataFolder)).toEqual([]);
    });

    test.runIf(isAll)(
      'templates open, and run where the folder is trusted',
      async ({ callboard }) => {
        const { workbench, dataFolder } = callboard;
        const journey = new SmokeJourney(workbench, problems);
        journey.begin('templates');
        await workbench.runCommand('Callboard: Choose Template…');
        if (trust === 'trusted') {
          await workbench.choose('Web site');
          await journey.page.getByLabel('Name').waitFor();
          await journey.lookAtPage();
          await workbench.runCommand('Callboard: Choose Template…');
          await workbench.choose('Smoke template');
          await workbench.quickInput.getByText('Smoke template (1/1)').waitFor();
          const completed = journey.page.getByRole('status').getByText('Completed');
          await workbench.untilShown(completed, () => workbench.page.keyboard.press('Enter'));
          await journey.lookAtPage();
        }
        await journey.dismiss();
        expect(problems.take(dataFolder)).toEqual([]);
      },
    );

    test.runIf(isAll)(
      'commands of the palette run',
      async ({ callboard: { workbench, dataFolder } }) => {
        const journey = new SmokeJourney(workbench, problems);
        await workbench.openFile('catalog-info.yaml');
        const refused: string[] = [];
        for (const title of paletteCommands()) if (!(await journey.run(title))) refused.push(title);
        expect(refused).toEqual(notOffered);
        expect(problems.take(dataFolder)).toEqual([]);
      },
    );

    test.runIf(isAll)(
      'menus of rows do what they say',
      async ({ callboard: { workbench, dataFolder } }) => {
        const journey = new SmokeJourney(workbench, problems);
        await workbench.openContainer('Callboard');
        await journey.run('Callboard: Clear Catalog Filter');
        const taken = new Set<string>();
        const catalog = await workbench.openView('Catalog');
        await workbench.expand(catalog.getByRole('treeitem', { name: /^Components/ }));
        await journey.takeMenu(catalog.getByRole('treeitem', { name: /^Booking Service/ }), taken);
        for (const name of ['Docs', 'Templates', 'Problems']) {
          const rows = (await workbench.openView(name)).getByRole('treeitem');
          await journey.takeMenu(rows.first(), taken);
          if ((await rows.first().getAttribute('aria-expanded')) === null) continue;
          await workbench.expand(rows.first());
          await journey.takeMenu(rows.nth(1), taken);
        }
        expect(taken.size).toBeGreaterThan(20);
        expect(problems.take(dataFolder)).toEqual([]);
      },
    );

    test.runIf(isAll && trust === 'trusted')('every chunk of the portal was loaded', async () => {
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
  },
);
