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
  relationTargets,
} from '../../../../model/presentation';
import { finishInSlices } from '../../../../platform/core';

/** What a content names: the entities it shows or leads to, and all places that it leads to. */
interface ContentParts {
  readonly entityRefs: Set<string>;
  readonly targets: LinkTarget[];
}

/** Of a list, so many entities are told of with it: pages ask for the others when somebody wants them. */
export const TOLD_OF_A_LIST = 100;

export function noParts(): ContentParts {
  return { entityRefs: new Set(), targets: [] };
}

/** Adds what a content names to the parts. */
export function collectParts(content: CardContent, parts: ContentParts): void {
  switch (content.type) {
    case 'entities':
      for (const ref of content.entityRefs.slice(0, TOLD_OF_A_LIST)) parts.entityRefs.add(ref);
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
      for (const { target } of content.bars) addTarget(target, parts);
      break;
    case 'problems':
      for (const { entityRef, file, range, related } of content.problems) {
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

/** What costs so little to say of an entity that it can be said of thousands. */
export interface EntityFacts {
  readonly ref: string;
  /** As the entity spells it; of one that is not there, as the ref does. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Whether it is in the catalog, and not only referred to. */
  readonly exists: boolean;
  readonly type?: string;
  readonly lifecycle?: string;
  /** Full refs. */
  readonly owners: readonly string[];
}

/** What an entity says of itself that is shown with it. */
export interface EntityDetails extends EntityFacts {
  readonly description?: string;
  readonly tags: readonly string[];
  readonly system?: string;
}

/** What is shown of an entity wherever it is named. */
export interface EntityGlance extends EntityDetails {
  /** Its errors and warnings, without those of less weight. */
  readonly problems: number;
  readonly isStarred: boolean;
}

export interface GlanceDeps {
  readonly catalog: CatalogService;
  readonly starred: StarredEntitiesService;
}

/** @param ref - full */
export function glanceAt(ref: string, { catalog, starred }: GlanceDeps): EntityGlance {
  const entity = catalog.getEntityByRef(ref);
  return {
    ...entityDetails(ref, entity),
    problems: entity ? catalog.getProblems({ entityRef: ref }).filter(isWeighty).length : 0,
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
  };
}

/** Of a glance, what takes no more than the entity. */
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

/** Errors and warnings are shown as numbers at an entity; hints would drown them. */
export function isWeighty({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning';
}

/** Entities that a page names, by ref. */
export type Glances = Readonly<Record<string, EntityGlance>>;

/** Of entities, and of those that own them and that they belong to, whose names stand beside theirs. */
export function glancesAt(refs: Iterable<string | undefined>, deps: GlanceDeps): Glances {
  const work = glancing(refs, deps);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * The same of however many, without holding the thread.
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

/** Of the entities that cards name, and of some more. */
export function glancesOf(
  cards: readonly { readonly content?: CardContent | undefined }[],
  deps: GlanceDeps,
  refs: readonly (string | undefined)[] = [],
): Glances {
  const parts = noParts();
  for (const { content } of cards) if (content) collectParts(content, parts);
  return glancesAt([...refs, ...parts.entityRefs], deps);
}
