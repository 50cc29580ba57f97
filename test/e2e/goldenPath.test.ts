import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { test } from '../support/callboardTest';
import { aDescriptor } from '../support/descriptors';
import { byKeyboard } from '../support/people';
import { PATIENCE, Workbench } from '../support/workbench';
import { writeFiles } from '../support/writeFiles';

test('a web site is made from the palette by keyboard, and is at home in a window of its own', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({
    write: target => writeFiles(target, { 'org.yaml': aDescriptor('group:crew') }),
  });
  const { page, quickInput } = workbench;
  const { keyboard } = page;
  const person = byKeyboard(page);
  const parent = join(dirname(folder), 'sites');
  const site = join(parent, 'timetable');
  // Tells whether what is offered is in there.
  mkdirSync(join(parent, 'ferries'), { recursive: true });

  await workbench.runCommand('Callboard: Choose Template…');
  await workbench.choose('Web site');
  const form = workbench.webview();
  const isFocused = () => form.getByLabel('Name').evaluate(box => box === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  await keyboard.type('timetable');
  await keyboard.press('Tab');
  await keyboard.type('Says when boats leave');
  await person.write(form.getByRole('combobox', { name: 'Owner' }), 'crew');
  await person.take(form.getByRole('option', { name: /^crew/ }));
  await person.use(form.getByRole('button', { name: 'Next' }));
  await form.getByRole('heading', { name: 'What it says' }).waitFor();
  await person.use(form.getByRole('button', { name: 'Review' }).last());
  await person.use(form.getByRole('button', { name: 'Browse…' }));

  await quickInput.getByRole('button', { name: 'Select Folder' }).waitFor();
  // What it lists first would take the place of what is typed before.
  await workbench.quickInputRows.filter({ hasText: '..' }).waitFor();
  await quickInput.locator('input').first().fill(`${parent}/`);
  await workbench.quickInputRows.filter({ hasText: 'ferries' }).waitFor();
  await keyboard.press('Enter');
  await quickInput.waitFor({ state: 'hidden' });
  await form.locator('#launch-parent option:checked', { hasText: 'sites' }).waitFor({
    state: 'attached',
  });
  await form.getByRole('navigation', { name: 'Files' }).waitFor();
  await person.use(form.getByRole('button', { name: 'Create', exact: true }));
  const written = workbench.notifications.filter({ hasText: 'Web site wrote' });
  const [opened] = await Promise.all([
    page.context().waitForEvent('page', { timeout: PATIENCE }),
    written.getByRole('button', { name: 'Open Folder' }).press('Enter'),
  ]);

  opened.setDefaultTimeout(PATIENCE);
  const own = new Workbench(opened);
  await own.openContainer('Callboard');
  await own.expand(own.treeItem('Components, 1 entity'));
  await own.treeItem(/^timetable, Component, website, owned by crew/).waitFor();
  // It needs nothing that is not there.
  await promisify(execFile)(process.execPath, ['--test'], { cwd: site });
});
