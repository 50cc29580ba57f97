import {
  type CatalogService,
  type Disposable,
  Emitter,
  type Entity,
  entityDescription,
  entityFacets,
  entityNamespace,
  entityTags,
  entityTitle,
  entityType,
  isRecord,
  kindIcon,
  refOf,
  relationTargets,
  type SearchChangeEvent,
  type SearchCollator,
  type SearchDocument,
  shortOwnerRef,
  type Translate,
} from '../../../../api';

/** Maximum depth of groups, above that of real organizations; also ends cycles. */
const MAX_DEPTH = 16;

/** Cached titles and paths of entities in other entities' documents, with detection of changes. */
class ShownEntities {
  readonly #catalog: Pick<CatalogService, 'getEntityByRef' | 'getRelations'>;
  readonly #titles = new Map<string, string>();
  readonly #paths = new Map<string, readonly string[]>();

  constructor(catalog: Pick<CatalogService, 'getEntityByRef' | 'getRelations'>) {
    this.#catalog = catalog;
  }

  /** Returns the title of an entity, or the name in its ref if it doesn't exist. */
  title(ref: string): string {
    return remembered(this.#titles, ref, () => {
      const entity = this.#catalog.getEntityByRef(ref);
      return entity ? entityTitle(entity) : (shortOwnerRef(ref).split('/').at(-1) ?? ref);
    });
  }

  /** Returns the titles of a group's ancestors and the group, outermost first. */
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
   * Updates the cache after entities changed.
   *
   * @returns a function that tests whether an entity's title or path changed
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

/** Entities of a collator, and their documents. */
interface EntityCollation extends Pick<SearchCollator, 'id' | 'title' | 'icon'> {
  readonly weight?: number;
  /** @param kind - lowercase */
  hasKind(kind: string): boolean;
  /** Types of relations to entities whose documents contain an entity's title. */
  readonly titledBy: ReadonlySet<string>;
  documentOf(entity: Entity, others: ShownEntities): SearchDocument;
}

/**
 * Collator of entities, each a source with one document. Without stamps: a document depends on
 * other entities too, and detecting changes requires assembling them.
 */
class EntityCollator implements SearchCollator, Disposable {
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
    this.#subscription = catalog.onDidChange(({ entityRefs }) => this.#fireChanges(entityRefs));
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

  /** Fires for changed entities, and for others only if a title in their documents changed. */
  #fireChanges(changed: ReadonlySet<string>): void {
    const sources = new Set<string>();
    const touched = new Set(changed);
    const isOther = this.#others.refresh(changed);
    // The set grows during the iteration.
    for (const ref of touched) {
      if (this.#isOwn(ref)) sources.add(ref);
      if (!isOther(ref)) continue;
      for (const { type, targetRef } of this.#catalog.getRelations(ref)) {
        if (this.#collation.titledBy.has(type)) touched.add(targetRef);
      }
    }
    if (sources.size > 0) this.#changed.fire({ sources });
  }

  #isOwn(ref: string): boolean {
    return this.#collation.hasKind(ref.slice(0, ref.indexOf(':')));
  }
}

/** Kinds with collators of their own. */
const kindsOfOthers: ReadonlySet<string> = new Set(['user', 'group', 'template']);

/** Annotations with locations of a descriptor, its code or docs, whose values aren't searched. */
const WHERE = /^backstage\.io\/(?:managed-by-|source-|techdocs-|(?:view|edit)-url$|orphan$)/;

/** Maximum length of keywords. */
const MAX_KEYWORD = 100;
const MAX_KEYWORDS = 40;
/** Separates the description from other texts, also in excerpts. */
const SEPARATOR = ' · ';
/** Maximum length of searched text. */
const MAX_TEXT = 4000;

/** Creates the collation of all entities except users, groups and templates. */
function catalogCollation(translate: Translate): EntityCollation {
  return {
    id: 'catalog',
    title: translate('Catalog'),
    icon: 'list-tree',
    hasKind: kind => !kindsOfOthers.has(kind),
    titledBy: new Set(['ownerOf', 'hasPart']),
    documentOf,
  };
}

function documentOf(entity: Entity, others: ShownEntities): SearchDocument {
  const ref = refOf(entity);
  const facets = entityFacets(entity);
  const [whole] = relationTargets(entity, 'partOf');
  const text = [entityDescription(entity), ...linkTitles(entity.metadata['links'])];
  return {
    id: 'entity',
    title: entityTitle(entity),
    names: [entity.metadata.name],
    keywords: keywordsOf([
      entity.kind,
      entityNamespace(entity),
      ...facets.type,
      ...facets.lifecycle,
      ...facets.tag,
      ...facets.owner.map(owner => others.title(owner)),
      ...facets.owner.map(shortOwnerRef),
      ...textsIn(entity.metadata['labels']),
      ...textsIn(entity.metadata['annotations'], key => !WHERE.test(key)),
    ]),
    text: text.filter(Boolean).join(SEPARATOR).slice(0, MAX_TEXT),
    path: whole === undefined ? [] : [others.title(whole)],
    ref,
    isEntity: true,
    facets,
    target: { type: 'entity', entityRef: ref },
    icon: kindIcon(entity.kind),
  };
}

function keywordsOf(words: readonly string[]): readonly string[] {
  const fit = words.filter(word => word !== '' && word.length <= MAX_KEYWORD);
  return [...new Set(fit)].slice(0, MAX_KEYWORDS);
}

function linkTitles(links: unknown): readonly string[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) => {
    const title = isRecord(link) ? link['title'] : undefined;
    return typeof title === 'string' ? [title] : [];
  });
}

/** Returns the values of labels or annotations, except booleans. */
function textsIn(values: unknown, isWanted: (key: string) => boolean = () => true): string[] {
  if (!isRecord(values)) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' && isWanted(key) && !/^(?:true|false)$/i.test(value) ? [value] : [],
  );
}

/** Maximum number of related entities in a document; members of a larger team are still found themselves. */
const MAX_RELATED = 200;

/** Creates the collation of users and groups. */
function peopleCollation(translate: Translate): EntityCollation {
  return {
    id: 'people',
    title: translate('People'),
    icon: 'organization',
    // People are searched less often than entities with the same name.
    weight: 0.9,
    hasKind: kind => kind === 'user' || kind === 'group',
    titledBy: new Set(['hasMember', 'memberOf', 'parentOf']),
    documentOf: personDocument,
  };
}

function personDocument(entity: Entity, others: ShownEntities): SearchDocument {
  const ref = refOf(entity);
  const isUser = entity.kind.toLowerCase() === 'user';
  const related = relationTargets(entity, isUser ? 'memberOf' : 'hasMember');
  const [team] = related;
  const text = [
    entityDescription(entity),
    ...related.slice(0, MAX_RELATED).map(other => others.title(other)),
  ];
  return {
    id: 'entity',
    title: entityTitle(entity),
    names: [entity.metadata.name, ...emailOf(entity)],
    keywords: [entity.kind, entityType(entity) ?? '', ...entityTags(entity)].filter(Boolean),
    text: text.filter(Boolean).join(SEPARATOR).slice(0, MAX_TEXT),
    path: isUser ? others.pathTo(team) : others.pathTo(ref).slice(0, -1),
    ref,
    isEntity: true,
    facets: entityFacets(entity),
    target: { type: 'entity', entityRef: ref },
    icon: kindIcon(entity.kind),
  };
}

/** Returns the email address, and its part before the `@`. */
function emailOf({ spec }: Entity): readonly string[] {
  const profile = spec?.['profile'];
  const email = isRecord(profile) ? profile['email'] : undefined;
  if (typeof email !== 'string' || !email.includes('@')) return [];
  return [email, email.slice(0, email.indexOf('@'))];
}

/** Creates the collators of all entities except templates. */
export function entityCollators(
  catalog: CatalogService,
  translate: Translate,
): readonly EntityCollator[] {
  const collations = [catalogCollation(translate), peopleCollation(translate)];
  return collations.map(collation => new EntityCollator(catalog, collation));
}
