import type { CatalogService } from '../../../../api';
import { entityTitle, shortOwnerRef } from '../../../../model/presentation';

/** Deeper than organisations are; a circle has no outside. */
const MAX_DEPTH = 16;

/** What entities are called in documents of others: remembered, as many say the same of one, and as it can change. */
export class ShownEntities {
  readonly #catalog: Pick<CatalogService, 'getEntityByRef' | 'getRelations'>;
  readonly #titles = new Map<string, string>();
  readonly #paths = new Map<string, readonly string[]>();

  constructor(catalog: Pick<CatalogService, 'getEntityByRef' | 'getRelations'>) {
    this.#catalog = catalog;
  }

  /** The name from its ref, where there is no such entity. */
  title(ref: string): string {
    return remembered(this.#titles, ref, () => {
      const entity = this.#catalog.getEntityByRef(ref);
      return entity ? entityTitle(entity) : (shortOwnerRef(ref).split('/').at(-1) ?? ref);
    });
  }

  /** Titles of the groups around a group, from the outside, and its own. */
  pathTo(group: string | undefined): readonly string[] {
    if (group === undefined) return [];
    return remembered(this.#paths, group, () => {
      const refs = new Set<string>();
      let next: string | undefined = group;
      while (next !== undefined && !refs.has(next) && refs.size < MAX_DEPTH) {
        refs.add(next);
        next = this.#catalog.getRelations(next).find(({ type }) => type === 'childOf')?.targetRef;
      }
      return [...refs].reverse().map(ref => this.title(ref));
    });
  }

  /**
   * Takes note that entities are others now.
   *
   * @returns whether something else is to be said of one than what has been
   */
  refresh(changed: ReadonlySet<string>): (ref: string) => boolean {
    const titles = new Map<string, string>();
    for (const ref of changed) {
      const title = this.#titles.get(ref);
      if (title !== undefined) titles.set(ref, title);
      this.#titles.delete(ref);
    }
    return ref => {
      const title = titles.get(ref);
      const path = this.#paths.get(ref);
      this.#paths.delete(ref);
      return (
        (title !== undefined && this.title(ref) !== title) ||
        (path !== undefined && this.pathTo(ref).join('\n') !== path.join('\n'))
      );
    };
  }
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
