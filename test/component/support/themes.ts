import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { Theme } from '../../support/openCallboard';

/** Classes that VS Code sets on the body of a webview. */
export const themeClasses: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  contrast: 'vscode-high-contrast',
};

/** The colors and fonts that VS Code gives a webview. */
export function themeStyles(theme: Theme): string {
  return readFileSync(inProject('test', 'component', 'support', 'themes', `${theme}.css`), 'utf8');
}

/** The theme of a portal page. */
export async function themeOf(page: Page): Promise<Theme> {
  const name = await page.locator('body').getAttribute('class');
  const found = (Object.keys(themeClasses) as Theme[]).find(theme =>
    name?.split(' ').includes(themeClasses[theme]),
  );
  if (!found) throw new Error(`The page has no theme: ${name}`);
  return found;
}

/** Gives a portal page another theme, as VS Code does when the user selects one. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    async ([address, added, removed]) => {
      const sheet = document.querySelector<HTMLLinkElement>('link[href^="theme"]');
      if (!sheet) throw new Error('The page has no colors.');
      await new Promise((resolve, reject) => {
        sheet.onload = resolve;
        sheet.onerror = reject;
        sheet.href = address;
      });
      document.body.classList.remove(...removed);
      document.body.classList.add(added);
      const moving = document.getAnimations().filter(one => one instanceof CSSTransition);
      await Promise.allSettled(moving.map(({ finished }) => finished));
    },
    [themeAddress(theme), themeClasses[theme], Object.values(themeClasses)] as const,
  );
}

/** The address of a theme's colors for a portal page. */
export const themeAddress = (theme: Theme): string => `theme-${theme}.css`;
