import { test as testWithWindows, testInOneWindow } from '../support/callboardTest';

const test = testInOneWindow({ trust: 'restricted' });

testWithWindows('offers to open a folder in an empty window', async ({ open }) => {
  const { workbench } = await open();
  await workbench.openContainer('Callboard');
  await workbench.sideBar.getByRole('button', { name: 'Open Folder' }).waitFor();
});

test('offers to create a descriptor in a folder without entities', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/e2e/workspaces/nothing' });
  await workbench.openContainer('Callboard');
  await workbench.sideBar.getByText('No entities found in this workspace.').waitFor();
  await workbench.sideBar.getByText('This workspace is in Restricted Mode.').waitFor();
  await workbench.sideBar.getByRole('button', { name: 'Create catalog-info.yaml' }).click();
  await workbench.focusedEditor('kind: Component').waitFor();
  await workbench.page.keyboard.press('Control+S');
  await workbench.treeItem('Components, 1 entity').waitFor();
});

test('applies restricted settings of a folder after it is trusted', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/host/restricted/workspace' });
  const { page } = workbench;
  await workbench.openFile('catalog-info.yaml');
  const problems = await workbench.openProblems();
  await problems.filter({ hasText: 'team-lights' }).waitFor();

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: 'Trust', exact: true })
    .click();

  // The folder's own callboard.catalog.maxFileSize, which was ignored until now.
  await problems.filter({ hasText: 'file-too-large' }).waitFor();
});
