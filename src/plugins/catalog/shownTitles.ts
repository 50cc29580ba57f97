import type { CatalogService } from '../../api';
import type { Entity } from '../../model';
import { entityTitle, refOf } from './entityFields';

/** What entities were called when rows were last built: other rows show these names as well. */
export class ShownTitles {
  #titles = new Map<string, string>();

  constructor(entities: readonly Entity[]) {
    for (const entity of entities) this.#titles.set(refOf(entity), entityTitle(entity));
  }

  /**
   * Takes up changed entities.
   *
   * @returns refs of the entities whose rows show a name that is another now, or is gone
   */
  update(refs: Iterable<string>, catalog: CatalogService): readonly string[] {
    return [...refs].flatMap(ref => {
      const entity = catalog.getEntityByRef(ref);
      const title = entity && entityTitle(entity);
      if (title === this.#titles.get(ref)) return [];
      if (title === undefined) this.#titles.delete(ref);
      else this.#titles.set(ref, title);
      return catalog.getRelations(ref).map(({ targetRef }) => targetRef);
    });
  }
}
