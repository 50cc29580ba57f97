import { type Extensions, isOptions } from '../config';

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
    const normalized = withoutTags(text.normalize('NFC')).trim();
    const cased =
      letters === 'none'
        ? normalized
        : letters === 'lower-ascii'
          ? normalized.replace(/[A-Z]/g, letter => letter.toLowerCase())
          : normalized.toLowerCase();
    return cased.replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', separator);
  };

function withoutTags(text: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', from)) {
    const end = text.indexOf('>', at);
    if (end < 0) break;
    result += text.slice(from, at);
    from = end + 1;
  }
  return result + text.slice(from);
}

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
  /** By id that was asked for again, one behind it up to which all are used. */
  readonly #behind = new Map<string, string>();

  add(id: string): void {
    this.#used.add(id);
  }

  /** An id that is not used yet, and is now: with a number behind, where it must. */
  unique(wanted: string): string {
    const passed: string[] = [];
    let id = wanted;
    while (id === '' || this.#used.has(id)) {
      passed.push(id);
      id = this.#behind.get(id) ?? following(id);
    }
    // Whoever comes by any of them goes on from here, so that ids of one name take no longer the more there are.
    for (const other of passed) this.#behind.set(other, id);
    this.#used.add(id);
    return id;
  }
}

/** Source: `unique` of `markdown.extensions.toc`, whose numbers have no end either. */
function following(id: string): string {
  const [, stem = id, number = '0'] = /^(.*)_([0-9]+)$/s.exec(id) ?? [];
  return `${stem}_${BigInt(number) + 1n}`;
}
