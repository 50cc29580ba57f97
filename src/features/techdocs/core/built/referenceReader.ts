import type { HtmlListener, OpenTag } from './htmlWalk';

interface Found {
  readonly value: string;
  readonly at: number;
}

/** What a page with more of them has is not looked at: nothing of it leads anywhere. */
const MAX_REFERENCES = 5000;
const MAX_LENGTH = 4000;

/** Reads what the elements of a page lead to and show. */
export class ReferenceReader implements HtmlListener {
  #links: Found[] = [];
  #images: Found[] = [];

  open({ name, attributes, start }: OpenTag): void {
    if (name === 'a' || name === 'area') {
      add(this.#links, attributes['href'] ?? attributes['xlink:href'], start);
    } else if (name === 'img') add(this.#images, attributes['src'], start);
  }

  /** At the places that are asked for, each once. */
  linksIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#links, isIn);
  }

  imagesIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#images, isIn);
  }
}

function add(found: Found[], value: string | undefined, at: number): void {
  if (value === undefined || value.length > MAX_LENGTH || found.length >= MAX_REFERENCES) return;
  found.push({ value, at });
}

function valuesIn(found: readonly Found[], isIn: (at: number) => boolean): string[] {
  const inside = found.filter(({ at }) => isIn(at));
  return [...new Set(inside.map(({ value }) => value))];
}
