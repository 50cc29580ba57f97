import { ownValue } from '../data/record';

/**
 * Translates a message into the user's language; `{0}`, `{1}` … are replaced with the arguments. In
 * the editor, `vscode.l10n.t`.
 */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** Returns messages as written in the code, in English. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? placeholder : String(value);
  });

/**
 * Creates a translator.
 *
 * @param texts - translations by English message; missing ones stay English
 */
export function translator(texts: Readonly<Record<string, string>>): Translate {
  return (message, ...args) => english(ownValue(texts, message) ?? message, ...args);
}
