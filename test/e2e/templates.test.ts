import { execFile, execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { packageFolder } from '../../scripts/lib/packageExtension.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { testInOneWindow } from '../support/callboardTest';
import { aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/folders';
import { TestRepository } from '../support/gitRepository';
import { byKeyboard } from '../support/people';
import { PATIENCE, Workbench } from '../support/workbench';

/** A changed copy of the templates. */
const copyWith = (change: (folder: string) => void) => ({
  write(folder: string): void {
    cpSync(inProject(FOLDER), folder, { recursive: true });
    change(folder);
  },
});
const FOLDER = 'test/host/templates/workspace';

const test = testInOneWindow({ folder: FOLDER });

test('scaffolds from the palette and shows the entity in the tree', async ({ open }) => {
  const { workbench, folder = '' } = await open();
  const { page, quickInput } = workbench;
  const file = join(folder, 'cafe', 'catalog-info.yaml');
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Templates, 2/).waitFor();

  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Plain');
  await quickInput.getByText('Plain (1/1)').waitFor();
  await page.keyboard.press('Enter');
  await quickInput.getByText('This is required.').waitFor();
  await page.keyboard.type('cafe');
  await quickInput.getByText('This is required.').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  // The open folder is offered.
  await quickInput.getByText('Browse…').waitFor();
  await page.keyboard.press('Escape');
  // The form has the previous values again.
  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Plain');
  await quickInput.getByText('Plain (1/1)').waitFor();
  await expect.poll(() => quickInput.locator('input').first().inputValue()).toBe('cafe');
  await page.keyboard.press('Enter');
  await quickInput.getByText('Browse…').waitFor();
  await page.keyboard.press('Enter');
  await quickInput.getByText('to create the files in').waitFor();
  await page.keyboard.press('Enter');
  await workbench.tab('Files of Plain').waitFor();
  await quickInput.getByText('catalog:write').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-review.png'));
  expect(existsSync(file)).toBe(false);

  // The previewed files are written, even if the template changes.
  const template = join(folder, 'plain', 'template.yaml');
  writeFileSync(template, readFileSync(template, 'utf8').replace('production', 'deprecated'));
  await workbench.pressOnRow('Enter', 'Write 2 files');
  await workbench.treeItem(/^Components, 1 entit/).waitFor();
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('source-template: template:default/plain');
  expect(text).toContain('lifecycle: production');
  await workbench.tab('Files of Plain').waitFor({ state: 'detached' });
  await workbench.webview().getByRole('status').getByText('Completed').waitFor();
});

test('resumes a failed run after a fix', async ({ open }) => {
  const { workbench, folder = '' } = await open(
    copyWith(folder => {
      const template = join(folder, 'plain', 'template.yaml');
      const steps =
        '  steps:\n    - { id: fetch, name: Fetch, action: fetch:plain, input: { url: ./more } }\n';
      const output = "  output: { links: [{ title: Its home, url: 'https://example.com' }] }\n";
      const text = readFileSync(template, 'utf8').replace('title: Plain', 'title: Tea');
      writeFileSync(template, `${text.replace('  steps:\n', steps).trimEnd()}\n${output}`);
    }),
  );
  const { page, quickInput } = workbench;
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Templates');
  await view.getByRole('treeitem', { name: /^Tea/ }).waitFor();
  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Tea');
  await quickInput.getByText('Tea (1/1)').waitFor();
  await page.keyboard.type('tea');
  await page.keyboard.press('Enter');
  await quickInput.getByText('Browse…').waitFor();
  await page.keyboard.press('Enter');
  await quickInput.getByText('to create the files in').waitFor();
  await page.keyboard.press('Enter');

  const run = workbench.webview();
  await run.getByRole('status').getByText('Failed').waitFor();
  mkdirSync(join(folder, 'plain', 'more'));
  writeFileSync(join(folder, 'plain', 'more', 'README.md'), 'More');
  await run.getByRole('button', { name: 'Retry from Fetch' }).press('Enter');
  await workbench.tab('Files of Tea').waitFor();
  await workbench.pressOnRow('Enter', 'Write 3 files');
  await run.getByRole('status').getByText('Completed').waitFor();
  expect(readFileSync(join(folder, 'tea', 'README.md'), 'utf8')).toBe('More');
  await run.getByRole('link', { name: 'Its home' }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-run.png'));
  await run.getByRole('button', { name: 'Open Folder' }).press('Enter');
  await workbench.treeItem(/^tea/).waitFor();
});

test('publishes to the selected git repository and registers it after a preview', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open(
    copyWith(folder => {
      writeLocation(folder, ' # to come');
      appendFileSync(join(folder, 'plain', 'template.yaml'), PUBLISHING);
    }),
  );
  const { page, quickInput } = workbench;
  const locations = join(folder, 'all.yaml');
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Locations, 1/).waitFor();

  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Plain');
  await quickInput.getByText('Plain (1/1)').waitFor();
  await page.keyboard.type('cafe');
  await page.keyboard.press('Enter');
  await quickInput.getByText('Browse…').waitFor();
  await page.keyboard.press('Enter');
  await quickInput.getByText('to create the files in').waitFor();
  await page.keyboard.press('Enter');
  await quickInput.getByText('Push to a git remote…').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-publish.png'));
  await workbench.pressOnRow('Enter', 'Initialize git repository');
  await quickInput.getByText('None').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-register.png'));
  await workbench.pressOnRow('Enter', 'all');
  await workbench.tab('Files of Plain').waitFor();
  await quickInput.getByText('a git repository').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-publish-review.png'));
  expect(existsSync(join(folder, 'cafe'))).toBe(false);

  await workbench.pressOnRow('Enter', 'Write 2 files');
  await page.getByText('Created a git repository with a commit on main.').last().waitFor();
  expect(readFileSync(locations, 'utf8')).toContain('[./cafe/catalog-info.yaml] # to come');
  const log = execFileSync('git', ['log', '--format=%s', '--name-only'], {
    cwd: join(folder, 'cafe'),
    encoding: 'utf8',
  });
  expect(log).toBe('Initial commit\n\ncatalog-info.yaml\n');
});

/** More steps for a template. */
const PUBLISHING = `    - id: publish
      action: publish:github
      input: { repoUrl: 'github.com?owner=acme&repo=cafe' }
    - action: catalog:register
      input: { repoContentsUrl: '\${{ steps.publish.output.repoContentsUrl }}' }
`;

/** The first launch opens the page below the others. */
const LAUNCHES = 3;

test('launches from a page without further prompts, by keyboard', async ({ open }) => {
  const { workbench, folder = '' } = await open(
    copyWith(folder => {
      const template = join(folder, 'plain', 'template.yaml');
      writeLocation(folder);
      writeFileSync(template, readFileSync(template, 'utf8').replace(ONE_PAGE, TWO_PAGES));
      appendFileSync(template, PUBLISHING);
    }),
  );
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Locations, 1/).waitFor();
  const portal = workbench.webview();

  for (let launch = 1; launch <= LAUNCHES; launch++) {
    await workbench.runCommand('Callboard: Create from Template…', { fromWebview: true });
    await workbench.choose('Plain');
    await portal.getByRole('heading', { name: 'First' }).waitFor();
    await typeIn(workbench, 'Note', 'x');
    await page.keyboard.press('Enter');
    await portal.getByRole('heading', { name: 'Second' }).waitFor();
    await typeIn(workbench, 'Name', `cafe-${launch}`);
    await page.keyboard.press('Enter');
    await portal.getByRole('heading', { name: 'Review', exact: true }).waitFor();
    await portal.getByRole('navigation', { name: 'Files' }).waitFor();
    const main = portal.getByRole('main');
    expect(await main.getByRole('button', { name: 'Create', exact: true }).count()).toBe(1);
    if (launch === 1) {
      await workbench.screenshot(inProject('out', 'e2e', 'templates-launch.png'));
    }
    await countPrompts(page);
    await tabTo(workbench, 'Create');
    await page.keyboard.press('Enter');
    await portal.getByRole('status').getByText('Completed').waitFor();
    expect(await prompts(page)).toBe(0);
    expect(existsSync(join(folder, `cafe-${launch}`, 'catalog-info.yaml'))).toBe(true);
    expect(readFileSync(join(folder, 'all.yaml'), 'utf8')).toContain(
      `./cafe-${launch}/catalog-info.yaml`,
    );
  }
});

test('keeps the values of a form through a crash', async ({ open }) => {
  const { workbench, killExtensionHost } = await open(
    copyWith(folder => {
      const template = join(folder, 'plain', 'template.yaml');
      writeFileSync(template, readFileSync(template, 'utf8').replace(ONE_PAGE, TWO_PAGES));
    }),
  );
  const note = workbench.webview().getByLabel('Note');
  const openTemplate = async (): Promise<void> => {
    await workbench.openContainer('Callboard');
    await workbench.treeItem(/^Templates, 2/).waitFor();
    await workbench.runCommand('Callboard: Create from Template…', { fromWebview: true });
    await workbench.choose('Plain');
    await note.waitFor();
  };
  await openTemplate();
  await typeIn(workbench, 'Note', 'nearly lost');
  await workbench.untilStored('nearly lost');
  await killExtensionHost();
  // VS Code starts the extension again, but a page that is open stays cut off.
  const portal = workbench.webview();
  await portal.getByRole('button', { name: 'Catalog' }).click();
  const warning = portal.getByRole('alert').filter({ hasText: "Callboard doesn't respond." });
  await warning.waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'stopped.png'));
  const loaded = workbench.page.waitForEvent('load');
  await warning.getByRole('link', { name: 'Reload Window' }).click();
  await loaded;
  await workbench.untilRestored();
  // VS Code may have forgotten the page itself.
  await openTemplate();
  await expect.poll(() => note.inputValue()).toBe('nearly lost');
});

test('focuses prompts from the palette above a portal page', async ({ open }) => {
  const { workbench, folder = '' } = await open(
    copyWith(folder => {
      writeLocation(folder);
      appendFileSync(join(folder, 'plain', 'template.yaml'), PUBLISHING);
    }),
  );
  const { page, quickInput } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Locations, 1/).waitFor();
  await workbench.runCommand('Callboard: Open Portal');
  await workbench.webview().getByRole('navigation').first().waitFor();

  for (let launch = 1; launch <= LAUNCHES; launch++) {
    await workbench.runCommand('Callboard: Create from Template…');
    await workbench.choose('Plain');
    await quickInput.getByText('Plain (1/1)').waitFor();
    // Only keys from here on: an element without focus receives none.
    await page.keyboard.type(`cafe-${launch}`);
    await page.keyboard.press('Enter');
    await quickInput.getByText('Browse…').waitFor();
    await page.keyboard.press('Enter');
    await quickInput.getByText('to create the files in').waitFor();
    await page.keyboard.press('Enter');
    await quickInput.getByText('Push to a git remote…').waitFor();
    await page.keyboard.press('Enter');
    await quickInput.getByText('None').waitFor();
    await page.keyboard.press('Enter');
    await quickInput.getByText('Write 2 files').waitFor();
    await page.keyboard.press('Enter');
    await workbench.webview().getByRole('status').getByText('Completed').waitFor();
    expect(existsSync(join(folder, `cafe-${launch}`, 'catalog-info.yaml'))).toBe(true);
  }
});

function writeLocation(folder: string, comment = ''): void {
  const text = `apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: all }
spec:
  targets: []${comment}
`;
  writeFileSync(join(folder, 'all.yaml'), text);
}

const ONE_PAGE = `  parameters:
    required: [name]
    properties:
      name: { type: string }
`;
const TWO_PAGES = `  parameters:
    - title: First
      properties:
        note: { title: Note, type: string }
    - title: Second
      required: [name]
      properties:
        name: { title: Name, type: string }
`;

/** The text of the portal page's focused element; undefined when focus is elsewhere. */
function focusedIn(workbench: Workbench): Promise<string | undefined> {
  return workbench
    .webview()
    .locator(':focus')
    .first()
    .evaluate(
      element => {
        const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
        return document.hasFocus() ? (label?.textContent ?? '').replace('*', '').trim() : undefined;
      },
      undefined,
      { timeout: 2000 },
    )
    .catch(() => undefined);
}

/** Tabs through the page until the element with this text has focus. */
async function tabTo(workbench: Workbench, text: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focusedIn(workbench)) === text) return;
    await workbench.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to "${text}".`);
}

async function typeIn(workbench: Workbench, label: string, text: string): Promise<void> {
  await tabTo(workbench, label);
  // Not Control+A: VS Code selects everything in a webview once more, later, and the next letter replaces what was typed.
  await workbench.page.keyboard.press('Home');
  await workbench.page.keyboard.press('Shift+End');
  await workbench.page.keyboard.type(text);
}

/** Counts shown prompts of the editor from now on. */
async function countPrompts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counter = { shown: 0 };
    Object.assign(window, { shownPrompts: counter });
    let wasShown = false;
    const check = (): void => {
      const isShown = document.querySelector('.quick-input-widget')?.checkVisibility() === true;
      if (isShown && !wasShown) counter.shown++;
      wasShown = isShown;
    };
    new MutationObserver(check).observe(document.body, { subtree: true, attributes: true });
  });
}

function prompts(page: Page): Promise<number | undefined> {
  return page.evaluate(
    () => (window as unknown as { shownPrompts?: { shown: number } }).shownPrompts?.shown,
  );
}

test('merges conflicting changes of a template and the user by hand', async ({ open }) => {
  const { workbench, folder = '' } = await open(copyWith(writeConflict));
  const { page, quickInput } = workbench;
  const file = join(folder, 'cafe', 'catalog-info.yaml');
  const record = join(folder, 'cafe', '.callboard', 'template.yaml');
  const before = readFileSync(record, 'utf8');

  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Components, 1 entit/).waitFor();
  await workbench.runCommand('Callboard: Check for Template Updates…');
  await quickInput.getByText('you and the template changed the same lines').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-updates.png'));
  await workbench.pressOnRow('Enter', 'Resolve Conflicts');
  await page.getByRole('button', { name: 'Mark as Merged' }).waitFor();
  const lines = page.locator('.merge-editor .view-line');
  await lines.filter({ hasText: 'experimental' }).first().waitFor();
  await lines.filter({ hasText: 'deprecated' }).first().waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-merge.png'));
  // Nothing is decided yet: the record still has the original version.
  expect(readFileSync(file, 'utf8')).toContain('lifecycle: experimental');
  expect(readFileSync(record, 'utf8')).toContain(before.slice(before.indexOf('files:')));
});

/** Scaffolds a project and then changes the same line in both. */
function writeConflict(folder: string): void {
  const project = join(folder, 'cafe');
  const replace = (path: string, from: string, to: string): void =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  writeFileSync(join(folder, 'values.json'), '{ "name": "cafe" }');
  const args = ['--values', 'values.json', '--out', 'cafe', '--record'];
  execFileSync(
    process.execPath,
    [join(packageFolder, 'dist', 'cli.js'), 'template', 'run', 'plain', ...args],
    { cwd: folder },
  );
  new TestRepository(project).commit();
  replace(join(project, 'catalog-info.yaml'), 'production', 'experimental');
  replace(join(folder, 'plain', 'template.yaml'), 'production', 'deprecated');
}

test('offers templates for Dry Run Template… when none is open', async ({ open }) => {
  const { workbench } = await open();
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Templates, 2/).waitFor();
  await workbench.openFile('catalog-info.yaml');
  await workbench.runCommand('Callboard: Dry Run Template…');
  const toast = workbench.notifications.filter({ hasText: 'No valid template is open' });
  await toast.getByRole('button', { name: 'Select Template…' }).click();
  await workbench.choose('Plain');
  await workbench.quickInput.getByText('Plain (1/1)').waitFor();
  expect(await workbench.notifications.locator('.codicon-error').count()).toBe(0);
});

test('creates a website from the palette by keyboard in its own window', async ({ open }) => {
  const { workbench, folder = '' } = await open({
    write: target => writeFiles(target, { 'org.yaml': aDescriptor('group:crew') }),
  });
  const { page, quickInput } = workbench;
  const { keyboard } = page;
  const person = byKeyboard(page);
  const parent = join(dirname(folder), 'sites');
  const site = join(parent, 'timetable');
  // The picker lists this folder once it has read the parent.
  mkdirSync(join(parent, 'ferries'), { recursive: true });

  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Website');
  const form = workbench.webview();
  const isFocused = () => form.getByLabel('Name').evaluate(box => box === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  await keyboard.type('timetable');
  await keyboard.press('Tab');
  await keyboard.type('Says when boats leave');
  await person.write(form.getByRole('combobox', { name: 'Owner' }), 'crew');
  await person.take(form.getByRole('option', { name: /^crew/ }));
  await person.use(form.getByRole('button', { name: 'Next' }));
  await form.getByRole('heading', { name: 'Content' }).waitFor();
  await person.use(form.getByRole('button', { name: 'Review' }).last());
  await person.use(form.getByRole('button', { name: 'Browse…' }));

  await quickInput.getByRole('button', { name: 'Select Folder' }).waitFor();
  // Its first suggestion would replace the typed text.
  await workbench.quickInputRows.filter({ hasText: '..' }).waitFor();
  await quickInput.locator('input').first().fill(`${parent}/`);
  await workbench.quickInputRows.filter({ hasText: 'ferries' }).waitFor();
  await keyboard.press('Enter');
  await quickInput.waitFor({ state: 'hidden' });
  await form.locator('#launch-parent option:checked', { hasText: 'sites' }).waitFor({
    state: 'attached',
  });
  await form.getByRole('navigation', { name: 'Files' }).waitFor();
  await person.use(form.getByRole('main').getByRole('button', { name: 'Create', exact: true }));
  const written = workbench.notifications.filter({ hasText: 'Website wrote' });
  await written.waitFor();
  // The form's webview may take focus back from the message.
  await workbench.leaveWebview();
  const [opened] = await Promise.all([
    page.context().waitForEvent('page', { timeout: PATIENCE }),
    written.getByRole('button', { name: 'Open Folder' }).press('Enter'),
  ]);

  opened.setDefaultTimeout(PATIENCE);
  const own = new Workbench(opened);
  await own.openContainer('Callboard');
  await own.expand(own.treeItem('Components, 1 entity'));
  await own.treeItem(/^timetable, Component, website, owned by crew/).waitFor();
  await opened.close();
  // It doesn't depend on anything missing.
  await promisify(execFile)(process.execPath, ['--test'], { cwd: site });
});
