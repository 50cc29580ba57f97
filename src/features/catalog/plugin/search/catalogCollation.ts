import type { Entity, SearchDocument } from '../../../../api';
import { isRecord, type Translate } from '../../../../base';
import {
  entityDescription,
  entityFacets,
  entityNamespace,
  entityTitle,
  kindIcon,
  refOf,
  relationTargets,
  shortOwnerRef,
} from '../../../../model/presentation';
import type { EntityCollation } from './entityCollator';
import type { ShownEntities } from './shownEntities';

/** Brought by collators of their own. */
const kindsOfOthers: ReadonlySet<string> = new Set(['user', 'group', 'template']);

/** Annotations that say where a descriptor, its code or its docs are: nobody looks for what they hold. */
const WHERE = /^backstage\.io\/(?:managed-by-|source-|techdocs-|(?:view|edit)-url$|orphan$)/;

/** A value that is longer is no word. */
const MAX_KEYWORD = 100;
const MAX_KEYWORDS = 40;
/** What goes on is not searched. */
const MAX_TEXT = 4000;

/** Components, APIs, systems and all else that the catalog has, but for people and templates. */
export function catalogCollation(translate: Translate): EntityCollation {
  return {
    id: 'catalog',
    title: translate('Catalog'),
    icon: 'list-tree',
    hasKind: kind => !kindsOfOthers.has(kind),
    saidBy: new Set(['ownerOf', 'hasPart']),
    documentOf,
  };
}

function documentOf(entity: Entity, others: ShownEntities): SearchDocument {
  const ref = refOf(entity);
  const facets = entityFacets(entity);
  const [whole] = relationTargets(entity, 'partOf');
  const text = [
    entityDescription(entity),
    ...linkTitles(entity.metadata['links']),
    ...facets.owner.map(owner => others.title(owner)),
  ];
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
      ...facets.owner.map(shortOwnerRef),
      ...textsIn(entity.metadata['labels']),
      ...textsIn(entity.metadata['annotations'], key => !WHERE.test(key)),
    ]),
    text: text.filter(Boolean).join('\n').slice(0, MAX_TEXT),
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

/** What labels or annotations hold, but for what is only switched on or off. */
function textsIn(values: unknown, isWanted: (key: string) => boolean = () => true): string[] {
  if (!isRecord(values)) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' && isWanted(key) && !/^(?:true|false)$/i.test(value) ? [value] : [],
  );
}
