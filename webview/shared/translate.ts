import { english, type Translate } from '../../src/base';

let texts: Readonly<Record<string, string>> = {};

/** Has texts appear in the language of the editor: by the English ones, as VS Code's own bundles. */
export function useTexts(translated: Readonly<Record<string, string>>): void {
  texts = translated;
}

/** The webview's `vscode.l10n.t`. */
export const translate: Translate = (message, ...args) =>
  english(Object.hasOwn(texts, message) ? (texts[message] ?? message) : message, ...args);
