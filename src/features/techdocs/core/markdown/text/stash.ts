import type { Element } from './element';
import type { SourceText } from './sourceText';

/** Python-Markdown's markers: control characters that pages can't contain. */
export const STX = '\u0002';
export const ETX = '\u0003';

/** Placeholder for a literal `&`. */
export const ampersandMarker = `${STX}amp${ETX}`;

const htmlPrefix = `${STX}wzxhzdk:`;

/** Placeholders of the stash, with the paragraph if they are all of it, and its line. */
export const htmlPlaceholders = new RegExp(
  `<p( data-line="[0-9]+")?>${htmlPrefix}([0-9]+)${ETX}</p>|${htmlPrefix}([0-9]+)${ETX}`,
  'g',
);

const firstHtmlPlaceholder = new RegExp(`^${htmlPrefix}([0-9]+)${ETX}`);

/** Stashed content: final HTML, or a tree to be parsed. */
export type Stashed = string | Element;

/** HTML behind placeholders until the page around it is rendered. */
export class HtmlStash {
  readonly #entries: Stashed[] = [];
  /** Sources of HTML written in the page. */
  readonly #sources = new Map<number, SourceText>();

  /**
   * @param source - of HTML written in the page
   * @returns the placeholder
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

  /** Yields HTML written in the page, with its source. */
  *written(): Generator<{ readonly html: string; readonly source: SourceText }> {
    for (const [index, source] of this.#sources) {
      const html = this.#entries[index];
      if (typeof html === 'string') yield { html, source };
    }
  }

  /** Returns the index of a placeholder at the start of a text. */
  static indexAtStart(text: string): number | undefined {
    const found = firstHtmlPlaceholder.exec(text);
    return found ? Number(found[1]) : undefined;
  }
}

const escapes = new RegExp(`${STX}(\\d+)${ETX}`, 'g');

/** Hides a character from rules until {@link unescapeMarkers}. */
export const escapeMarker = (character: string): string =>
  `${STX}${character.codePointAt(0) ?? 0}${ETX}`;

export function unescapeMarkers(text: string): string {
  if (!text.includes(STX)) return text;
  return text.replace(escapes, (whole, code: string) => {
    const point = Number(code);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
