import type { CatalogService, Entity } from '../../../../api';
import { entityTitle } from '../../../../model/presentation';

/** What entities were called when they were last looked at: other rows show these names as well. */
export class ShownTitles {
  #titles = new Map<string, string>();

  add(ref: string, entity: Entity): void {
    this.#titles.set(ref, entityTitle(entity));
  }

  has(ref: string): boolean {
    return this.#titles.has(ref);
  }

  get(ref: string): string | undefined {
    return this.#titles.get(ref);
  }

  /**
   * Takes up a changed entity.
   *
   * @returns refs of the entities whose rows show its name, where that is another now, or is gone
   */
  update(ref: string, catalog: CatalogService): readonly string[] {
    const entity = catalog.getEntityByRef(ref);
    const title = entity && entityTitle(entity);
    if (title === this.#titles.get(ref)) return [];
    if (title === undefined) this.#titles.delete(ref);
    else this.#titles.set(ref, title);
    return catalog.getRelations(ref).map(({ targetRef }) => targetRef);
  }
}
