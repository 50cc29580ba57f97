import type { Element } from './element';
import type { SourceText } from './sourceText';

/** Python-Markdown's markers: control characters that no page keeps. */
export const STX = '\u0002';
export const ETX = '\u0003';

/** Stands for `&` where it must come out as it is. */
export const ampersandMarker = `${STX}amp${ETX}`;

const htmlPrefix = `${STX}wzxhzdk:`;

/** Placeholders of the stash, those that are all of a paragraph with that and with its line. */
export const htmlPlaceholders = new RegExp(
  `<p( data-line="[0-9]+")?>${htmlPrefix}([0-9]+)${ETX}</p>|${htmlPrefix}([0-9]+)${ETX}`,
  'g',
);

const firstHtmlPlaceholder = new RegExp(`^${htmlPrefix}([0-9]+)${ETX}`);

/** What a placeholder stands for: HTML that is ready, or a tree that is still to be read. */
export type Stashed = string | Element;

/** HTML that waits, under a placeholder, for the page around it. */
export class HtmlStash {
  readonly #entries: Stashed[] = [];
  /** HTML as somebody wrote it, with its places in the page. */
  readonly #sources = new Map<number, SourceText>();

  /**
   * @param source - of HTML that is written in the page
   * @returns the placeholder to write in place of it
   */
  store(html: Stashed, source?: SourceText): string {
    if (source) this.#sources.set(this.#entries.length, source);
    this.#entries.push(html);
    return `${htmlPrefix}${this.#entries.length - 1}${ETX}`;
  }

  get(index: number): Stashed | undefined {
    return this.#entries[index];
  }

  set(index: number, html: Stashed): void {
    if (index < this.#entries.length) this.#entries[index] = html;
  }

  /** HTML of the page itself, with its places. */
  *written(): Generator<{ readonly html: string; readonly source: SourceText }> {
    for (const [index, source] of this.#sources) {
      const html = this.#entries[index];
      if (typeof html === 'string') yield { html, source };
    }
  }

  /** The index that the placeholder at the start of a text names. */
  static indexAtStart(text: string): number | undefined {
    const found = firstHtmlPlaceholder.exec(text);
    return found ? Number(found[1]) : undefined;
  }
}

const escapes = new RegExp(`${STX}(\\d+)${ETX}`, 'g');

/** A character that no rule shall see, until {@link unescapeMarkers}. */
export const escapeMarker = (character: string): string =>
  `${STX}${character.codePointAt(0) ?? 0}${ETX}`;

export function unescapeMarkers(text: string): string {
  if (!text.includes(STX)) return text;
  return text.replace(escapes, (whole, code: string) => {
    const point = Number(code);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
