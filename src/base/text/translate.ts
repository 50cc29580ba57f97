import { ownValue } from '../data/record';

/**
 * Puts a message into the user's language; `{0}`, `{1}` … stand for the arguments. In the editor
 * this is `vscode.l10n.t`.
 */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** The messages as they are written in the code. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? placeholder : String(value);
  });

/** @param texts - the messages in a language by those in the code, as far as it has them */
export function translator(texts: Readonly<Record<string, string>>): Translate {
  return (message, ...args) => english(ownValue(texts, message) ?? message, ...args);
}
