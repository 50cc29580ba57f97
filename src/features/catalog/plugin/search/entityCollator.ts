import type {
  CatalogService,
  Entity,
  SearchChangeEvent,
  SearchCollator,
  SearchDocument,
} from '../../../../api';
import { type Disposable, Emitter } from '../../../../base';
import { ShownEntities } from './shownEntities';

/** Which entities a collator brings, and as what. */
export interface EntityCollation extends Pick<SearchCollator, 'id' | 'title' | 'icon'> {
  readonly weight?: number;
  /** @param kind - in lower case */
  hasKind(kind: string): boolean;
  /** Types of relations to those whose documents say what an entity is called. */
  readonly saidBy: ReadonlySet<string>;
  documentOf(entity: Entity, others: ShownEntities): SearchDocument;
}

/**
 * Entities, each of which is a source of its own with one document. There is no stamp: what a document says depends
 * on others too, and the catalog tells no quicker than by the entity whether it is another.
 */
export class EntityCollator implements SearchCollator, Disposable {
  readonly #catalog: CatalogService;
  readonly #collation: EntityCollation;
  readonly #others: ShownEntities;
  readonly #changed = new Emitter<SearchChangeEvent>();
  readonly #subscription: Disposable;

  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly weight: number;
  readonly onDidChange = this.#changed.event;

  constructor(catalog: CatalogService, collation: EntityCollation) {
    this.#catalog = catalog;
    this.#collation = collation;
    this.#others = new ShownEntities(catalog);
    this.#subscription = catalog.onDidChange(({ entityRefs }) => this.#tell(entityRefs));
    this.id = collation.id;
    this.title = collation.title;
    this.icon = collation.icon;
    this.weight = collation.weight ?? 1;
  }

  getSources: SearchCollator['getSources'] = signal => {
    signal.throwIfAborted();
    const refs = this.#catalog.getEntityRefs().filter(ref => this.#isOwn(ref));
    return Promise.resolve(refs.map(id => ({ id })));
  };

  collate(source: string): readonly SearchDocument[] {
    const entity = this.#isOwn(source) ? this.#catalog.getEntityByRef(source) : undefined;
    return entity ? [this.#collation.documentOf(entity, this.#others)] : [];
  }

  locate: NonNullable<SearchCollator['locate']> = ({ ref }) => {
    const source = ref === undefined ? undefined : this.#catalog.getEntitySource(ref);
    return source && { file: source.file, range: source.nameRange };
  };

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** A save touches few: those that speak of an entity do only if that is called something else now. */
  #tell(changed: ReadonlySet<string>): void {
    const sources = new Set<string>();
    const touched = new Set(changed);
    const isOther = this.#others.refresh(changed);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const ref of touched) {
      if (this.#isOwn(ref)) sources.add(ref);
      if (!isOther(ref)) continue;
      for (const { type, targetRef } of this.#catalog.getRelations(ref)) {
        if (this.#collation.saidBy.has(type)) touched.add(targetRef);
      }
    }
    if (sources.size > 0) this.#changed.fire({ sources });
  }

  #isOwn(ref: string): boolean {
    return this.#collation.hasKind(ref.slice(0, ref.indexOf(':')));
  }
}
