import type { SearchDocument } from '../src/api';
import type { IndexedSource } from '../src/features/search/core';
import { nameOf, Random } from './organizationTexts';

/*
 * Generates search documents as the collators of the catalog and of docs do: a source is an entity, or a page of docs
 * with about five sections. The same numbers give the same documents.
 */

export interface SearchedSize {
  readonly entities: number;
  /** Number of pages, with five sections each. */
  readonly pages: number;
}

const KINDS = ['component', 'component', 'component', 'api', 'resource', 'system'];
const TYPES = ['service', 'website', 'library', 'openapi', 'database'];
const LANGUAGES = ['java', 'kotlin', 'go', 'python', 'typescript', 'rust', 'csharp', 'scala'];
const LIFECYCLES = ['production', 'production', 'production', 'experimental', 'deprecated'];
const SECTIONS = 5;
const VOCABULARY = 12_000;

export function searchedSources({ entities, pages }: SearchedSize): IndexedSource[] {
  const random = new Random(7);
  const words = new Vocabulary(random);
  const owners = Array.from({ length: 60 }, (_, index) => nameOf(random, index).toLowerCase());
  const systems = Array.from({ length: 200 }, (_, index) => nameOf(random, index).toLowerCase());
  const sources: IndexedSource[] = [];
  const names: string[] = [];
  for (let index = 0; index < entities; index++) {
    const name = nameOf(random, index);
    names.push(name);
    const document = anEntity(random, words, name, random.pick(owners), random.pick(systems));
    sources.push({ type: 'catalog', id: document.id, stamp: `${index}`, documents: [document] });
  }
  for (let index = 0; index < pages; index++) {
    const site = random.pick(names);
    const id = `${site}/page-${index}`;
    const documents = pageOf(random, words, site, id, random.pick(owners));
    sources.push({ type: 'docs', id, stamp: `${index}`, documents });
  }
  return sources;
}

function anEntity(
  random: Random,
  words: Vocabulary,
  name: string,
  owner: string,
  system: string,
): SearchDocument {
  const kind = random.pick(KINDS);
  const ref = `${kind}:default/${name.toLowerCase()}`;
  return {
    id: ref,
    title: random.chance(0.6) ? name.split(/[-_.]/).join(' ') : name,
    names: [name],
    keywords: [...random.some(LANGUAGES, 4), `acme/${name}`],
    ...(random.chance(0.8) && { text: words.text(6 + random.below(20)) }),
    ref,
    isEntity: true,
    facets: {
      kind: [kind],
      type: [random.pick(TYPES)],
      owner: [`group:default/${owner}`],
      lifecycle: [random.pick(LIFECYCLES)],
      tag: random.some(LANGUAGES, 4),
      system: [`system:default/${system}`],
    },
    target: { type: 'entity', entityRef: ref },
  };
}

function pageOf(
  random: Random,
  words: Vocabulary,
  site: string,
  id: string,
  owner: string,
): SearchDocument[] {
  const page = words.heading();
  const ref = `component:default/${site.toLowerCase()}`;
  return Array.from({ length: SECTIONS }, (_, index) => ({
    id: `${id}#${index}`,
    title: index === 0 ? page : words.heading(),
    path: index === 0 ? [site] : [site, page],
    text: words.text(40 + random.below(160)),
    ref,
    facets: { kind: ['component'], owner: [`group:default/${owner}`] },
  }));
}

/** Generates words, of which few are frequent and most are rare, as in any language (Zipf). */
class Vocabulary {
  #random: Random;
  #words: string[];
  #upTo: Float64Array;

  constructor(random: Random) {
    this.#random = random;
    const syllables =
      'ba ce di fo gu la me ni po ru sa te vi wo xan zer tion ment ing ship port able'.split(' ');
    this.#words = Array.from({ length: VOCABULARY }, (_, index) =>
      index < 1500
        ? nameOf(random, 0).split(/[-_.]/)[0] + (index % 3 ? random.pick(syllables) : '')
        : Array.from({ length: 2 + random.below(3) }, () => random.pick(syllables)).join(''),
    );
    let sum = 0;
    this.#upTo = Float64Array.from({ length: VOCABULARY }, (_, index) => (sum += 1 / (index + 8)));
  }

  text(length: number): string {
    const words = Array.from({ length }, (_, index) => {
      const word = this.#word();
      return index % 12 === 0 ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
    });
    return `${words.join(' ')}.`;
  }

  heading(): string {
    const text = this.text(1 + this.#random.below(4));
    return text.slice(0, -1);
  }

  #word(): string {
    const at = this.#random.next() * (this.#upTo.at(-1) ?? 1);
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return this.#words[low] ?? '';
  }
}
