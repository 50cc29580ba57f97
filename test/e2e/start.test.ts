import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test as base, expect } from 'vitest';
import { demoSettings } from '../../scripts/lib/demo.mjs';
import { ensureEmbeddedHost } from '../../scripts/lib/embeddedInstall.mjs';
import { removeAtEnd, removeFolder, run, start, stop } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { writeFiles } from '../support/folders';
import { openWorkbench, testBrowser } from '../support/openCallboard';
import { PATIENCE, Workbench } from '../support/workbench';

interface Started {
  /** Output printed before the window can be opened. */
  readonly output: string;
  /** The address that was printed. */
  readonly url: string;
}

const test = base.extend<{
  temporary: string;
  /** A user's folder with a catalog. */
  ownFolder: string;
  /** Runs `npm start` as on a machine that has never run it. */
  npmStart: (...options: string[]) => Promise<Started>;
  open: (url: string) => Promise<Workbench>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- vitest demands the pattern
  temporary: async ({}, use) => {
    const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-start-')));
    removeAtEnd(temporary);
    await use(temporary);
    removeFolder(temporary);
  },
  ownFolder: async ({ temporary }, use) => {
    const catalog = 'kind: Group\nmetadata: { name: tinkers }\n';
    writeFiles(temporary, { 'own/catalog-info.yaml': catalog });
    await use(join(temporary, 'own'));
  },
  npmStart: async ({ temporary }, use) => {
    const host = join(temporary, 'host');
    await ensureEmbeddedHost();
    mkdirSync(host);
    const running: ReturnType<typeof start>[] = [];
    await use(async (...options) => {
      const script = inProject('scripts', 'start.mjs');
      const args = [script, '--no-open', '--host', 'embedded', ...options];
      const env = { ...process.env, CALLBOARD_HOST_DIR: host };
      const child = start(process.execPath, args, { env });
      running.push(child);
      const output = await outputUntil(child, 'Press Ctrl-C');
      return { output, url: /Callboard is open at (\S+)/.exec(output)?.[1] ?? '' };
    });
    for (const child of running) await stop(child);
  },
  open: async ({ task }, use) => {
    const context = await (await testBrowser()).newContext({ reducedMotion: 'reduce' });
    const opened: Workbench[] = [];
    await use(async url => {
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      const workbench = new Workbench(page);
      opened.push(workbench);
      await openWorkbench(page, url);
      return workbench;
    });
    if (task.result?.state === 'fail') {
      for (const [index, workbench] of opened.entries()) {
        await workbench.screenshot(inProject('out', 'e2e', `start-${index + 1}.png`));
      }
    }
    await context.close();
  },
});

/** Output of a child process up to a text. */
function outputUntil(child: ReturnType<typeof start>, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const take = (data: unknown): void => {
      output += String(data);
      if (output.includes(text)) resolve(output);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', () => reject(new Error(`npm start has ended: ${output}`)));
  });
}

const restrictedMode = ({ page }: Workbench) =>
  page.locator('.part.banner').getByText('Restricted Mode');

test('trusts only the demo with npm start and opens its home page', async ({
  npmStart,
  ownFolder,
  open,
}) => {
  const { output, url } = await npmStart();
  expect(output).toContain('The demo is trusted');
  expect(output).toContain('user:default/tove.halyard');

  const demo = await open(url);
  // One of the user's teams.
  await demo.webview().getByText('Boiler Room').first().waitFor();
  const catalog = demo.view('Catalog');
  await catalog.getByRole('treeitem', { name: /^Components/ }).waitFor();
  expect(await demo.page.locator('.tabs-container .tab').allInnerTexts()).toEqual(['Callboard']);
  expect(await restrictedMode(demo).count()).toBe(0);

  // VS Code opens the last of two folders.
  const other = await open(`${url}&folder=${encodeURIComponent(ownFolder)}`);
  await restrictedMode(other).waitFor();
});

test('opens a folder with npm start -- --folder without trusting it', async ({
  npmStart,
  ownFolder,
}) => {
  const { output, url } = await npmStart('--folder', ownFolder);
  expect(output).not.toContain('trusted');
  expect(new URL(url).searchParams.get('folder')).toBe(ownFolder);
});

test('uses a profile and trust only for the demo in desktop VS Code', async ({
  temporary,
  ownFolder,
}) => {
  // Stands in for VS Code: prints its arguments and exits.
  const app = join(temporary, 'app');
  writeFiles(app, { 'bin/code': '', code: '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.arguments"\n' });
  for (const file of ['bin/code', 'code']) chmodSync(join(app, file), 0o755);
  const host = join(temporary, 'host');
  const env = {
    ...process.env,
    CALLBOARD_HOST_DIR: host,
    PATH: `${join(app, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
  };
  const argumentsFor = async (...options: string[]): Promise<string[]> => {
    const script = inProject('scripts', 'start.mjs');
    const { code, output } = await run(process.execPath, [script, '--host', 'code', ...options], {
      env,
    });
    expect(code, output).toBe(0);
    return readFileSync(join(app, 'code.arguments'), 'utf8').split('\n');
  };

  const demo = await argumentsFor();
  expect(demo).toContain('--disable-workspace-trust');
  const profile = join(host, 'desktop-demo');
  expect(demo).toContain(profile);
  const settings = JSON.parse(readFileSync(join(profile, 'User', 'settings.json'), 'utf8'));
  expect(settings).toMatchObject(demoSettings);

  const own = await argumentsFor('--folder', ownFolder);
  expect(own).toContain(ownFolder);
  expect(own).not.toContain('--disable-workspace-trust');
  expect(own).not.toContain(profile);
});
