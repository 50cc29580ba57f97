import { test } from '../support/callboardTest';

test('settings of the folder that could do harm count once it is trusted', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/restricted/workspace',
    trust: 'restricted',
  });
  const { page } = workbench;
  await workbench.openFile('catalog-info.yaml');
  const problems = await workbench.openProblems();
  await problems.filter({ hasText: 'team-lights' }).waitFor();

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: 'Trust', exact: true })
    .click();

  // The folder's own callboard.catalog.maxFileSize, which was withheld until now.
  await problems.filter({ hasText: 'file-too-large' }).waitFor();
});
