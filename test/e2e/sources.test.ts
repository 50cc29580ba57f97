import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { TestRepository } from '../support/gitRepository';
import { GitHttpServer } from '../support/gitServer';

test('adds a source by keyboard, shows its failure and removes it', async ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  const repository = new TestRepository(join(folder, 'pier'));
  repository.commit({ 'catalog-info.yaml': aComponent('lighthouse') });
  const server = await GitHttpServer.start(folder);
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  const { page } = workbench;
  const { keyboard } = page;
  await workbench.openContainer('Callboard');
  await expect.poll(() => workbench.view('Sources').count()).toBe(0);

  // Errors of an address show while it is typed.
  await workbench.runCommand('Callboard: Add Source');
  await workbench.pressOnRow('Enter', 'Git Repository');
  await workbench.quickInput.filter({ hasText: /The clone URL/ }).waitFor();
  const input = workbench.quickInput.locator('input').first();
  await input.fill('--upload-pack=touch /tmp/x');
  await workbench.quickInput
    .locator('.quick-input-message')
    .filter({ hasText: /must not contain spaces/ })
    .waitFor();
  await input.fill(server.url('pier/.git'));
  const next = async (title: RegExp): Promise<void> => {
    await keyboard.press('Enter');
    await workbench.quickInput.filter({ hasText: title }).waitFor();
  };
  await next(/branch or tag/);
  await next(/Files, folders or glob patterns/);
  await next(/The name of the source/);
  await input.fill('Pier');
  await keyboard.press('Enter');
  await workbench.pressOnRow('Enter', 'All Except Users, Groups and Templates');
  await workbench.pressOnRow('Enter', 'User Settings');

  const row = workbench.treeItem(/^Pier, git repository, 1 entity/);
  await row.waitFor();
  await workbench.treeItem(/^lighthouse, Component.*from Pier/).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sources.png'));

  // The row's key fetches new commits.
  repository.commit({ 'more.yaml': aComponent('buoy') });
  await row.click();
  await keyboard.press('F5');
  await workbench.treeItem(/^Pier, git repository, 2 entities/).waitFor();

  // The file opens at its line, read-only.
  await workbench.treeItem(/^lighthouse, Component/).click();
  await workbench.tab('catalog-info.yaml').waitFor();
  await workbench.focusEditor();
  // The message disappears by itself.
  const message = page.getByText('This is a read-only copy of a remote file.').first();
  await workbench.untilShown(message, () => keyboard.type('x'));

  // Without the server, the copy stays, and the row says what to do.
  await server.stop();
  await row.first().or(workbench.treeItem(/^Pier/).first()).first().click();
  await keyboard.press('F5');
  await workbench.notifications.filter({ hasText: 'Showing the last cached copy' }).waitFor();
  await workbench.treeItem(/^Pier, git repository, out of date, 2 entities/).waitFor();
  await workbench.treeItem(/^Try Again/).waitFor();
  await workbench.treeItem(/^lighthouse, Component.*from Pier/).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sources-failed.png'));

  await workbench.treeItem(/^Pier, git repository/).click();
  await keyboard.press('Delete');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.filter({ hasText: 'Remove the source Pier?' }).waitFor();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await workbench.treeItem(/^Pier/).waitFor({ state: 'detached' });
  await workbench.treeItem(/^lighthouse/).waitFor({ state: 'detached' });
});

test('understands a pasted address, and a path to a file', async ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  const lighthouse = new TestRepository(join(folder, 'pier'));
  lighthouse.commit({ 'catalog-info.yaml': aComponent('lighthouse') });
  const harbor = new TestRepository(join(folder, 'harbor'));
  harbor.commit({ 'teams/a.yaml': aComponent('buoy'), 'teams/b.yaml': aComponent('mole') });
  const server = await GitHttpServer.start(folder);
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  await workbench.openContainer('Callboard');
  const paste = async (text: string, row: string): Promise<void> => {
    await workbench.runCommand('Callboard: Add Source');
    await workbench.quickInput.filter({ hasText: /Add Source/ }).waitFor();
    await workbench.quickInput.locator('input').first().fill(text);
    await workbench.quickInputRows.first().filter({ hasText: row }).waitFor();
    await workbench.screenshot(inProject('out', 'e2e', 'sources-paste.png'));
    await workbench.page.keyboard.press('Enter');
  };
  await paste(`git clone ${server.url('pier/.git')}`, 'Git Repository');
  await workbench.pressOnRow('Enter', 'All Except Users, Groups and Templates');
  await workbench.pressOnRow('Enter', 'User Settings');
  await workbench.treeItem(/^lighthouse, Component/).waitFor();

  await paste(join(folder, 'harbor', 'teams', 'a.yaml'), 'Git Repository on This Computer');
  await workbench.pressOnRow('Enter', 'All Except Users, Groups and Templates');
  await workbench.pressOnRow('Enter', 'User Settings');
  await workbench.treeItem(/^buoy, Component/).waitFor();
  expect(await workbench.treeItem(/^mole, Component/).count()).toBe(0);

  // A folder without a repository can be part of the workspace instead.
  await paste(folder, 'Git Repository on This Computer');
  await workbench.notifications.filter({ hasText: "isn't in a git repository" }).waitFor();
});

test('shows the number of disallowed entities and allows their kind', async ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const repository = new TestRepository(join(folder, 'pier'));
  repository.commit({
    'catalog-info.yaml': `${aComponent('lighthouse')}---\n${aDescriptor('group:keepers')}---\n${aDescriptor('group:pilots')}`,
  });
  const server = await GitHttpServer.start(folder);
  onTestFinished(() => server.stop());
  const { workbench } = await open({
    folder: 'test/fixtures/problems',
    settings: {
      'callboard.catalog.sources': [{ type: 'git', url: server.url('pier/.git'), name: 'Pier' }],
    },
  });
  await workbench.openContainer('Callboard');
  await workbench.openView('Sources');
  await workbench.treeItem(/^Pier, git repository, 1 of 3 entities; 2 not allowed/).waitFor();
  await workbench.treeItem(/^Kinds not allowed: Group \(2\)/).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sources-not-allowed.png'));
  await workbench.treeItem(/^Allow Kinds/).click();
  const group = workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'Group' });
  await group.filter({ hasText: '2 entities not allowed' }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sources-allow-kinds.png'));
  await group.click();
  await workbench.page.keyboard.press('Enter');
  await workbench.treeItem(/^Pier, git repository, 3 entities/).waitFor();
});

test("asks for a repository's token and opens its file in a clone", async ({ open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  new TestRepository(join(folder, 'pier')).commit({
    'catalog-info.yaml': aComponent('lighthouse'),
  });
  const server = await GitHttpServer.start(folder);
  server.intercept = ({ headers }, response) => {
    const [, packed = ''] = headers.authorization?.split(' ') ?? [];
    if (Buffer.from(packed, 'base64').toString().endsWith(`:${TOKEN}`)) return false;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="pier"' }).end();
    return true;
  };
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const { workbench } = await open({
    folder: 'test/fixtures/problems',
    settings: {
      'git.enabled': true,
      'callboard.catalog.sources': [
        { type: 'git', url: server.url('pier/.git'), name: 'Pier', color: 'charts.blue' },
      ],
    },
  });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.openView('Sources');
  await workbench.treeItem(/^Pier, git repository, fetch failed/).waitFor();
  await workbench.expand(workbench.treeItem(/^Pier, git repository/));
  await workbench.screenshot(inProject('out', 'e2e', 'sources-token.png'));
  await workbench.treeItem(/^Set Token/).click();
  const input = workbench.quickInput.locator('input[type=password]');
  await input.fill('wrong');
  await page.keyboard.press('Enter');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.treeItem(/^Set Token/).click();
  await input.fill(TOKEN);
  await page.keyboard.press('Enter');
  await workbench.treeItem(/^Pier, git repository, 1 entity/).waitFor();

  await workbench.treeItem(/^lighthouse, Component.*from Pier/).click();
  await workbench.tab('catalog-info.yaml').waitFor();
  await workbench.runCommand('Callboard: Clone and Edit');
  await workbench.quickInput.filter({ hasText: /choose a folder to clone/i }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sources-clone.png'));
});

const TOKEN = 'a-token-of-tests';
