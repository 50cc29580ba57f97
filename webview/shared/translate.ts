import { english, type Translate } from '../../src/base';

let texts: Readonly<Record<string, string>> = {};

/** Sets the translations by their English originals, as in VS Code's bundles. */
export function useTexts(translated: Readonly<Record<string, string>>): void {
  texts = translated;
}

/** Translates a text, like `vscode.l10n.t`. */
export const translate: Translate = (message, ...args) =>
  english(Object.hasOwn(texts, message) ? (texts[message] ?? message) : message, ...args);
