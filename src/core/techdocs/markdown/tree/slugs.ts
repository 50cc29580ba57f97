import type { Extensions } from '../config';
import { isOptions } from '../config';

export type Slugify = (text: string, separator: string) => string;

const marks = /[\u0080-\uffff]/g;

/** Python-Markdown's: ASCII only, so that other scripts leave nothing. */
export const slugifyAscii: Slugify = (text, separator) =>
  slug(text.normalize('NFKD').replace(marks, ''), separator);

const slugifyUnicode: Slugify = (text, separator) => slug(text, separator);

function slug(text: string, separator: string): string {
  return text
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .toLowerCase()
    .replace(new RegExp(`[${separator.replace(/[\\\]^]/g, '\\$&')}\\s]+`, 'g'), separator);
}

/** pymdownx's: spaces are replaced one by one; `case` says what becomes of capitals. */
const pymdownxSlugify =
  (letters: string): Slugify =>
  (text, separator) => {
    const normalized = text
      .normalize('NFC')
      .replace(/<\/?[^>]*>/g, '')
      .trim();
    const cased =
      letters === 'none'
        ? normalized
        : letters === 'lower-ascii'
          ? normalized.replace(/[A-Z]/g, letter => letter.toLowerCase())
          : normalized.toLowerCase();
    return cased.replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', separator);
  };

/** What `slugify` in an extension's options names. */
export function slugifyOf(extensions: Extensions, extension: string): Slugify {
  const configured = extensions.option(extension, 'slugify');
  const keywords = isOptions(configured) ? configured['kwds'] : undefined;
  const letters = isOptions(keywords) ? keywords['case'] : undefined;
  const name = typeof configured === 'string' ? configured : nameOf(configured);
  if (name.includes('pymdownx.slugs') || isOptions(keywords)) {
    if (/uslugify_cased|gfm/.test(name)) return pymdownxSlugify('none');
    if (/uslugify/.test(name)) return pymdownxSlugify('lower');
    return pymdownxSlugify(typeof letters === 'string' ? letters : 'none');
  }
  return name.includes('slugify_unicode') ? slugifyUnicode : slugifyAscii;
}

function nameOf(configured: unknown): string {
  if (!isOptions(configured)) return '';
  return Object.keys(configured).join(' ');
}

/** Ids of a page. */
export class UsedIds {
  readonly #used = new Set<string>();
  /** For each beginning that was asked for, up to where the numbers are taken. */
  readonly #taken = new Map<string, number>();

  add(id: string): void {
    this.#used.add(id);
  }

  /** An id that is not used yet, and is now: with a number behind, where it must. */
  unique(wanted: string): string {
    let id = wanted;
    if (id === '' || this.#used.has(id)) {
      const numbered = /^(.*)_([0-9]+)$/s.exec(wanted);
      const stem = numbered?.[1] ?? wanted;
      let number = this.#taken.get(wanted) ?? Number(numbered?.[2] ?? 0);
      do {
        number++;
        id = `${stem}_${number}`;
      } while (this.#used.has(id));
      this.#taken.set(wanted, number);
    }
    this.#used.add(id);
    return id;
  }
}
