import { readFileSync } from 'node:fs';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { Theme } from '../../support/openCallboard';

/** What VS Code calls the body of a webview. */
export const themeClasses: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  contrast: 'vscode-high-contrast',
};

/** The colours and fonts that VS Code gives a webview. */
export function themeStyles(theme: Theme): string {
  return readFileSync(inProject('test', 'component', 'support', 'themes', `${theme}.css`), 'utf8');
}
