import { readFileSync } from 'node:fs';
import { inProject } from '../../../scripts/lib/project.mjs';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'í',
  n: 'ñ',
  o: 'ó',
  s: 'š',
  u: 'ú',
  y: 'ý',
  A: 'Á',
  E: 'É',
  O: 'Ó',
  S: 'Š',
};

/**
 * All texts of the UI in brackets, with accents, and longer by a third, by their English originals.
 */
export function pseudoTexts(): Readonly<Record<string, string>> {
  const bundle = JSON.parse(readFileSync(inProject('l10n/bundle.l10n.json'), 'utf8')) as Record<
    string,
    string | { readonly message: string }
  >;
  return Object.fromEntries(
    Object.entries(bundle).map(([key, text]) => [
      key,
      pseudo(typeof text === 'string' ? text : text.message),
    ]),
  );
}

function pseudo(message: string): string {
  const accented = message.replace(/\{\d+\}|`[^`]*`|[a-zA-Z]/g, part => accents[part] ?? part);
  // Separate words, as in a longer language, so that lines can wrap.
  const more = 'łóñģ '.repeat(Math.ceil(message.length / 15)).trim();
  return `⟦${accented} ${more}⟧`;
}
