import { onTestFinished } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import { startSplitOrganization } from '../support/splitOrganization';

test('browses, fixes, searches and scaffolds across three repositories and a Backstage', async ({
  open,
}) => {
  const organization = await startSplitOrganization('remoteOrganization');
  onTestFinished(() => organization.stop());
  const { workbench } = await open({
    folder: 'demo/welcome',
    viewport: { width: 1440, height: 900 },
    settings: { 'callboard.catalog.sources': organization.sources },
  });
  const { page } = workbench;
  const shot = (name: string): Promise<void> =>
    workbench.screenshot(inProject('out', 'e2e', `organization-${name}.png`));

  // The entities and their sources.
  await workbench.openContainer('Callboard');
  await workbench.openView('Sources');
  for (const row of [
    /^Booking, git repository, \d+ entities/,
    /^Timetable, git repository, \d+ entities/,
    /^Fleet, git repository, \d+ entities/,
    /^Skerry Backstage, Backstage, \d+ entities/,
  ]) {
    await workbench.treeItem(row).waitFor();
  }
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench
    .treeItem(/^Booking Service, Component.*from Booking/)
    .first()
    .waitFor();
  await workbench
    .treeItem(/^Crew Handbook, Component.*from Skerry Backstage/)
    .first()
    .waitFor();
  await shot('sources');

  // The page of the workspace's website: its owner is from the Backstage, its APIs from
  // repositories.
  await workbench.openSearch();
  await workbench.choose('skerry-web', 'skerry-line.example.com');
  const portal = workbench.webview();
  await portal.getByRole('heading', { level: 1, name: 'skerry-line.example.com' }).waitFor();
  await portal.getByRole('link', { name: 'Timetable API' }).first().waitFor();
  await shot('page');

  // A misspelled name of an entity that only a repository has.
  await workbench.openSearch();
  await workbench.choose('vesel trakcer', 'Vessel Tracker');
  await portal.getByRole('heading', { level: 1, name: 'Vessel Tracker' }).waitFor();

  // Docs in a repository, by a phrase in them.
  await workbench.openSearch();
  await workbench.choose('"paper timetable" in:docs', 'timetable');
  await portal.locator('callboard-docs-article').waitFor();
  await shot('docs-git');

  // Docs built by the Backstage, and the target page of one of their links.
  await workbench.openSearch();
  await workbench.choose('crew handbook', 'Crew Handbook');
  await portal.getByRole('heading', { level: 1, name: 'Crew Handbook' }).waitFor();
  await portal.getByRole('tab', { name: 'Docs' }).click();
  await portal.getByText('Welcome aboard').first().waitFor();
  await portal.getByRole('link', { name: 'the on-call list' }).click();
  await portal.getByRole('heading', { level: 1, name: 'On call' }).waitFor();
  await shot('docs-backstage');

  // A template of the Backstage, run there.
  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Harbour Note');
  await workbench.quickInput.getByText('Harbour Note (1/1)').waitFor();
  const input = workbench.quickInput.locator('input').first();
  await input.fill('Ostrey');
  await input.press('Enter');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText('Run Harbour Note on Skerry Backstage?').waitFor();
  await dialog.getByRole('button', { name: 'Run' }).click();
  await portal.getByRole('status').getByText('Completed').waitFor();
  await portal.getByRole('log').getByText('To the pier of Ostrey: cast off').first().waitFor();
  await portal.getByText('Noted for Ostrey').first().waitFor();
  await shot('template');
});
