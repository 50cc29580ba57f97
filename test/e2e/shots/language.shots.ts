import type { Page } from 'playwright-core';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';
import type { Workbench } from '../../support/workbench';

test.for(Object.keys(themes) as Theme[])('help with writing, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 800 },
    settings: { 'editor.minimap.enabled': false },
  });
  const { page } = workbench;
  const picture = async (name: string): Promise<void> => {
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `language-${name}-${theme}.png`));
  };

  await workbench.openFile('near-miss.yaml');
  await workbench.editor.locator('.squiggly-warning').first().waitFor();
  await goTo(workbench, 14, 13);
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.locator('.monaco-hover:not(.hidden)').first().waitFor();
  await picture('hover');
  await page.keyboard.press('Escape');
  await goTo(workbench, 13, 12);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget').first().waitFor();
  await picture('fixes');
  await page.keyboard.press('Escape');

  await workbench.openFile('apis.yaml');
  await workbench.focusEditor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('---\n');
  await suggestions(page);
  await picture('snippets');
  await page.keyboard.press('Escape');

  await workbench.openFile('template.yaml');
  await workbench.focusEditor();
  await page.keyboard.press('Control+F');
  await page.locator('.find-widget.visible textarea').first().fill('{{ parameters.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await suggestions(page);
  await picture('template');
});

async function goTo(workbench: Workbench, line: number, column: number): Promise<void> {
  await workbench.focusEditor();
  await workbench.page.keyboard.press('Control+G');
  await workbench.quickInput.locator('input').first().fill(`:${line}:${column}`);
  await workbench.page.keyboard.press('Enter');
  await workbench.focusedEditor().first().waitFor();
}

async function suggestions(page: Page): Promise<void> {
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
}
