import type {
  CardContent,
  CardTreeItem,
  CatalogService,
  Inline,
  LinkTarget,
  StarredEntitiesService,
} from '../../../../api';
import { type Entity, parseEntityRef, type Problem } from '../../../../model';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  kindIcon,
  ownerRefs,
  problemFix,
  relationTargets,
} from '../../../../model/presentation';
import { finishInSlices } from '../../../../platform/core';

/** References in a card's content: entities shown or linked, and all link targets. */
interface ContentParts {
  readonly entityRefs: Set<string>;
  readonly targets: LinkTarget[];
}

/** Maximum number of entities of a list whose glances are sent with it; pages request others on demand. */
export const MAX_LISTED = 100;

export function noParts(): ContentParts {
  return { entityRefs: new Set(), targets: [] };
}

/** Adds the references in a card's content. */
export function collectParts(content: CardContent, parts: ContentParts): void {
  switch (content.type) {
    case 'entities':
      for (const ref of content.entityRefs.slice(0, MAX_LISTED)) parts.entityRefs.add(ref);
      addTarget(content.more?.target, parts);
      break;
    case 'links':
      for (const { target } of content.links) addTarget(target, parts);
      break;
    case 'code':
      addTarget(content.source, parts);
      break;
    case 'tree':
      for (const item of content.items) addItem(item, parts);
      break;
    case 'bars':
      for (const { target, textTarget } of content.bars) {
        addTarget(target, parts);
        addTarget(textTarget, parts);
      }
      break;
    case 'metrics':
      for (const { target } of content.metrics) addTarget(target, parts);
      break;
    case 'rating':
      for (const { target } of content.ratings) addTarget(target, parts);
      break;
    case 'status':
      for (const { target } of content.items) addTarget(target, parts);
      break;
    case 'timeline':
      for (const { target } of content.events) addTarget(target, parts);
      break;
    case 'table':
      for (const piece of content.rows.flat(2)) addInline(piece, parts);
      break;
    case 'problems':
      for (const problem of content.problems) {
        const { entityRef, file, range, related } = problem;
        addTarget(problemFix(problem), parts);
        if (entityRef !== undefined) parts.entityRefs.add(entityRef);
        if (file !== undefined) addTarget({ type: 'source', file, range }, parts);
        for (const place of related ?? []) {
          addTarget({ type: 'source', file: place.file, range: place.range }, parts);
        }
      }
      break;
    case 'fields':
    case 'profile':
      for (const { value } of content.fields) for (const piece of value) addInline(piece, parts);
      break;
    case 'choices':
      for (const choice of content.choices) collectParts(choice.content, parts);
      break;
    case 'message':
      for (const ref of content.entityRefs ?? []) parts.entityRefs.add(ref);
      for (const { target } of content.actions ?? []) addTarget(target, parts);
      break;
    case 'sections':
      for (const section of content.sections) collectParts(section.content, parts);
      break;
    case 'text':
    case 'labels':
    case 'chart':
    case 'markdown':
    case 'graph':
    case 'docs':
      break;
  }
}

function addInline(piece: Inline, parts: ContentParts): void {
  if (piece.type === 'entity') parts.entityRefs.add(piece.entityRef);
  if (piece.type === 'change') addInline(piece.piece, parts);
  if (piece.type === 'link' || piece.type === 'badge') addTarget(piece.target, parts);
}

function addItem({ target, children, content }: CardTreeItem, parts: ContentParts): void {
  addTarget(target, parts);
  for (const child of children ?? []) addItem(child, parts);
  if (content) collectParts(content, parts);
}

function addTarget(target: LinkTarget | undefined, parts: ContentParts): void {
  if (!target) return;
  parts.targets.push(target);
  if (target.type === 'entity') parts.entityRefs.add(target.entityRef);
}

/** Facts of an entity that are cheap enough for thousands of entities. */
export interface EntityFacts {
  readonly ref: string;
  /** Kind as the entity spells it; of a missing entity, as its ref does. Like namespace and name. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Whether the entity is in the catalog. */
  readonly exists: boolean;
  readonly type?: string;
  readonly lifecycle?: string;
  /** Full refs of the owners. */
  readonly owners: readonly string[];
}

/** Fields of an entity that are shown with it. */
export interface EntityDetails extends EntityFacts {
  readonly description?: string;
  readonly tags: readonly string[];
  readonly system?: string;
  /** Number of components that provide an API. */
  readonly providers?: number;
  /** Number of components that consume an API. */
  readonly consumers?: number;
}

/** Data shown wherever an entity is mentioned. */
export interface EntityGlance extends EntityDetails {
  /** Number of its errors and warnings. */
  readonly problems: number;
  readonly isStarred: boolean;
}

export interface GlanceDeps {
  readonly catalog: CatalogService;
  readonly starred: StarredEntitiesService;
}

/**
 * Returns the glance of an entity.
 *
 * @param ref - full
 */
export function glanceAt(ref: string, { catalog, starred }: GlanceDeps): EntityGlance {
  const entity = catalog.getEntityByRef(ref);
  return {
    ...entityDetails(ref, entity),
    problems: entity ? catalog.getProblems({ entityRef: ref }).filter(isErrorOrWarning).length : 0,
    isStarred: starred.has(ref),
  };
}

export function entityDetails(ref: string, entity: Entity | undefined): EntityDetails {
  const facts = namesAndFields(ref, entity);
  if (!entity) return { ...facts, tags: [] };
  return {
    ...facts,
    description: entityDescription(entity),
    tags: entityTags(entity),
    system: relationTargets(entity, 'partOf').find(target => target.startsWith('system:')),
    ...(entity.kind.toLowerCase() === 'api' && {
      providers: relationTargets(entity, 'apiProvidedBy').length,
      consumers: relationTargets(entity, 'apiConsumedBy').length,
    }),
  };
}

/** Returns the facts of an entity, without its problems. */
export function namesAndFields(ref: string, entity: Entity | undefined): EntityFacts {
  const names = parseEntityRef(ref);
  if (!entity) {
    const { name, kind } = names;
    return { ...names, ref, title: name, icon: kindIcon(kind), exists: false, owners: [] };
  }
  return {
    kind: entity.kind,
    namespace: names.namespace,
    name: entity.metadata.name,
    ref,
    title: entityTitle(entity),
    icon: kindIcon(entity.kind),
    exists: true,
    type: entityType(entity),
    lifecycle: entityLifecycle(entity),
    owners: ownerRefs(entity),
  };
}

/** Whether a problem counts toward an entity's number: only errors and warnings do. */
export function isErrorOrWarning({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning';
}

/** Glances of a page's entities, by ref. */
export type Glances = Readonly<Record<string, EntityGlance>>;

/** Returns the glances of entities and of their owners and systems, whose names are shown with them. */
export function glancesAt(refs: Iterable<string | undefined>, deps: GlanceDeps): Glances {
  const work = glancing(refs, deps);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Returns the same for many entities, in time slices.
 *
 * @throws the signal's reason once it is aborted
 */
export async function glancesInSlices(
  refs: Iterable<string>,
  deps: GlanceDeps,
  signal: AbortSignal,
): Promise<Glances> {
  return finishInSlices(glancing(refs, deps), signal);
}

function* glancing(
  refs: Iterable<string | undefined>,
  deps: GlanceDeps,
): Generator<void, Record<string, EntityGlance>> {
  const glances: Record<string, EntityGlance> = {};
  const add = (ref: string | undefined): EntityGlance | undefined =>
    ref === undefined ? undefined : (glances[ref] ??= glanceAt(ref, deps));
  for (const ref of refs) {
    const glance = add(ref);
    for (const owner of glance?.owners ?? []) add(owner);
    add(glance?.system);
    yield;
  }
  return glances;
}

/** Returns the glances of entities in cards, and of further refs. */
export function glancesOf(
  cards: readonly { readonly content?: CardContent | undefined }[],
  deps: GlanceDeps,
  refs: readonly (string | undefined)[] = [],
): Glances {
  const parts = noParts();
  for (const { content } of cards) if (content) collectParts(content, parts);
  return glancesAt([...refs, ...parts.entityRefs], deps);
}
