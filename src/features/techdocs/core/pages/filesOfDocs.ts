import { type Disposable, DisposableStore, Emitter, type Event } from '../../../../base';
import type { FileChange } from '../../../../platform/core/ports';
import type { DocsPlace } from './docsView';

/** Nobody looks at more pages at a time. */
const MAX_PAGES = 100;

interface ShownPage {
  readonly place: DocsPlace;
  readonly files: ReadonlySet<string>;
}

/** Knows what files the pages are made of that were shown last, and tells when those are others than they were. */
export class FilesOfDocs implements Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<readonly DocsPlace[]>());
  /** The page that was shown last comes last. */
  #pages = new Map<string, ShownPage>();
  /** How often files have changed that pages are made of. */
  #changes = new Map<string, number>();

  /** The pages to be shown anew. */
  readonly onDidChange: Event<readonly DocsPlace[]> = this.#changed.event;

  /** @param changes - whatever reports that files have changed */
  constructor(changes: readonly Event<readonly FileChange[]>[]) {
    for (const event of changes) this.#store.add(event(changed => this.#take(changed)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** A page is about to be made, of this file at least. */
  begin(place: DocsPlace, file: string): void {
    const before = this.#pages.get(keyOf(place))?.files ?? [];
    this.set(place, new Set([...before, file]));
  }

  /** What files a page is made of. */
  set(place: DocsPlace, files: ReadonlySet<string>): void {
    const key = keyOf(place);
    this.#pages.delete(key);
    this.#pages.set(key, { place, files });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }

  /** How often a file of a page has changed since somebody looks. */
  changesOf(file: string): number {
    return this.#changes.get(file) ?? 0;
  }

  #take(changed: readonly FileChange[]): void {
    const uris = new Set(changed.map(({ uri }) => uri));
    const places: DocsPlace[] = [];
    const seen = new Set<string>();
    for (const { place, files } of this.#pages.values()) {
      const own = [...files].filter(file => uris.has(file));
      if (own.length) places.push(place);
      for (const file of own) seen.add(file);
    }
    for (const file of seen) this.#changes.set(file, this.changesOf(file) + 1);
    if (places.length) this.#changed.fire(places);
  }
}

function keyOf({ site, path }: DocsPlace): string {
  return `${site}\n${path}`;
}
