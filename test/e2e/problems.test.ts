import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { testInOneWindow } from '../support/callboardTest';

const test = testInOneWindow({ folder: 'test/fixtures/problems' });

test('the Problems panel lists problems, and their codes lead to an explanation', async ({
  callboard: { workbench },
}) => {
  await workbench.openFile('catalog-info.yaml');
  const problems = await workbench.openProblems();
  const problem = problems.filter({ hasText: 'team-lights' });
  await problem.waitFor();
  await expect.poll(() => problem.textContent()).toContain('callboarddangling-reference');

  await problem.getByText('dangling-reference', { exact: true }).click();

  await workbench.tab('Preview problems.md').waitFor();
  await workbench.webview().getByText('dangling-reference').first().waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'problem-page.png'));
});

test('what is typed shows in the Problems panel before it is saved', async ({
  callboard: { workbench },
}) => {
  await workbench.openFile('catalog-info.yaml');
  const problems = await workbench.openProblems();
  await problems.filter({ hasText: 'team-lights' }).waitFor();

  await workbench.focusEditor();
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('extra: 1');

  await problems.filter({ hasText: 'must NOT have additional properties' }).waitFor();
});
