import {
  builtinRelationRules,
  type CardContent,
  type CardField,
  type CatalogService,
  type CatalogSourceInfo,
  type CatalogSourcesService,
  describeFieldChange,
  describePath,
  type Entity,
  type EntityCard,
  type EntityRelation,
  type EntityVersion,
  type Event,
  fieldChanges,
  getCompoundEntityRef,
  type Inline,
  isRecord,
  readEntityRef,
  refOf,
  stringifyEntityRef,
  type Translate,
} from '../../../api';
import type { RenamedEntity } from './moved/renamedEntity';
import { asWritten, servedVersion } from './servedEntities';

export interface OverlayCardDeps {
  readonly catalog: Pick<
    CatalogService,
    'getEntityRefs' | 'getEntitySources' | 'getEntityVersions'
  >;
  readonly sources: Pick<CatalogSourcesService, 'getSourceOf' | 'getSources'>;
  readonly renames: {
    /** Finds renames by old or new ref. */
    of(ref: string): readonly RenamedEntity[];
  };
  /** Fires when sources or names change. */
  readonly onDidChange: Event<void>;
  readonly translate: Translate;
}

/** An entity of a source that a workspace entity overrides. */
interface Shadowed extends EntityVersion {
  readonly info: CatalogSourceInfo;
}

type CardSection = Extract<CardContent, { readonly type: 'sections' }>['sections'][number];

const NONE: ReadonlySet<string> = new Set();
/** Maximum number of changed fields to show. */
const MAX_FIELDS = 100;

/**
 * Card with the differences between a workspace entity and the same entity in sources: the changes after the
 * workspace is merged or published.
 */
export function overlayCard(deps: OverlayCardDeps): EntityCard {
  const { renames, translate, onDidChange } = deps;
  return {
    id: 'sources.overlay',
    title: translate('Changes'),
    icon: 'diff',
    order: 15,
    isShownFor: entity => isShadowing(entity, deps) || renames.of(refOf(entity)).length > 0,
    actionsFor: entity =>
      shadowedBy(entity, deps).flatMap(({ info, source }) =>
        source
          ? [
              {
                title: translate('Open in {0}', info.name),
                icon: 'go-to-file',
                target: { type: 'source', file: source.file, range: source.nameRange },
              },
            ]
          : [],
      ),
    load(entity) {
      const sections = [
        ...shadowedBy(entity, deps).map(version => ({
          title: translate('Changes in {0} after replacing', version.info.name),
          content: changesContent(version.entity, entity, {
            translate,
            goes:
              version.info.type === 'backstage' ? isRemovedWith(version.entity, entity) : undefined,
          }),
        })),
        ...renames.of(refOf(entity)).flatMap(renamed => renamedSections(renamed, entity, deps)),
      ];
      return sections.length > 0 ? { type: 'sections', sections } : undefined;
    },
    onDidChange,
  };
}

/** Shows the server's entity with the old name, or the workspace entity that replaces it. */
function renamedSections(
  renamed: RenamedEntity,
  entity: Entity,
  { catalog, sources, translate }: OverlayCardDeps,
): readonly CardSection[] {
  const { oldRef, ref, sourceId, isOrphan, movedFrom } = renamed;
  const name = sources.getSources().find(({ id }) => id === sourceId)?.name ?? sourceId;
  const argument = { entityRef: oldRef, sourceId };
  const command = (id: string, text: string) => ({
    text,
    target: {
      type: 'command',
      command: `callboard.instances.${id}`,
      arguments: [argument],
    } as const,
  });
  const remove = isOrphan
    ? command('unregister', translate('Delete Orphan…'))
    : command('unregister', translate('Unregister…'));
  const refresh = isOrphan ? [] : [command('refresh', translate('Refresh in Backstage'))];
  if (ref !== refOf(entity)) {
    const text =
      ref === undefined
        ? translate('The file in the workspace no longer describes this entity.')
        : translate('The workspace contains it under another name.');
    const entityRefs = ref === undefined ? [] : [ref];
    return [
      {
        title: translate('Still in {0}', name),
        content: { type: 'message', tone: 'info', text, entityRefs, actions: [...refresh, remove] },
      },
    ];
  }
  const old = servedVersion(oldRef, sourceId, { catalog, sources })?.entity;
  return [
    {
      title: translate('Registered under another name in {0}', name),
      content: {
        type: 'message',
        tone: 'info',
        text:
          movedFrom === undefined
            ? translate('In that Backstage, the same file describes it under another name.')
            : translate(
                'In that Backstage, another file describes it under another name: {0}.',
                movedFrom,
              ),
        detail: isOrphan
          ? translate('The old entity is an orphan: no location refers to it anymore.')
          : translate(
              'After this is merged and refreshed, the old entity becomes an orphan, which {0} deletes or keeps.',
              name,
            ),
        entityRefs: [oldRef],
        actions: [...refresh, remove],
      },
    },
    ...(old
      ? [
          {
            title: translate('Changes after replacing'),
            content: changesContent(old, entity, { translate }),
          },
        ]
      : []),
  ];
}

/** Whether the entity is in the workspace and in a source. Called for every page. */
function isShadowing(
  entity: Entity,
  { catalog, sources }: Pick<OverlayCardDeps, 'catalog' | 'sources'>,
): boolean {
  const [winner, ...others] = catalog.getEntitySources(refOf(entity));
  const isOfSource = (place: typeof winner): boolean =>
    place !== undefined && sources.getSourceOf(place.file) !== undefined;
  return winner !== undefined && !isOfSource(winner) && others.some(isOfSource);
}

/** Returns the versions of sources that the workspace's version overrides; none if a source's version wins. */
function shadowedBy(
  entity: Entity,
  { catalog, sources }: Pick<OverlayCardDeps, 'catalog' | 'sources'>,
): readonly Shadowed[] {
  if (!isShadowing(entity, { catalog, sources })) return [];
  const [, ...others] = catalog.getEntityVersions(refOf(entity));
  return others.flatMap(version => {
    const info = version.source && sources.getSourceOf(version.source.file);
    return info ? [{ ...version, info }] : [];
  });
}

interface ChangesOptions {
  readonly translate: Translate;
  /** Whether a relation of the previous entity is removed with it; default: always. */
  readonly goes?: ((relation: EntityRelation) => boolean) | undefined;
}

function changesContent(
  before: Entity,
  after: Entity,
  { translate, goes = () => true }: ChangesOptions,
): CardContent {
  const fields = fieldChanges(asWritten(before), asWritten(after)).map(
    ({ path, before: old, after: now }): CardField => {
      const { removed, added } = describeFieldChange(old, now);
      return { label: describePath(path), wide: true, value: changeOf(removed, added) };
    },
  );
  const relations = relationFields(before, after, goes);
  const all = [...fields, ...relations];
  if (!all.length) {
    return {
      type: 'message',
      tone: 'good',
      text: translate('No changes.'),
    };
  }
  const more = all.length - MAX_FIELDS;
  const rest: CardField = {
    label: '…',
    value: [{ type: 'text', text: translate('{0} more', more) }],
  };
  return { type: 'fields', fields: [...all.slice(0, MAX_FIELDS), ...(more > 0 ? [rest] : [])] };
}

function changeOf(removed: readonly string[], added: readonly string[]): readonly Inline[] {
  const pieces = (change: 'removed' | 'added', texts: readonly string[]): readonly Inline[] =>
    texts.map(text => ({ type: 'change', change, piece: { type: 'text', text } }));
  return [...pieces('removed', removed), ...pieces('added', added)];
}

/** Returns a field for each relation type with changes. */
function relationFields(
  before: Entity,
  after: Entity,
  goes: (relation: EntityRelation) => boolean,
): readonly CardField[] {
  const [old, now] = [byType(before.relations), byType(after.relations)];
  const types = [...new Set([...old.keys(), ...now.keys()])].sort();
  return types.flatMap(type => {
    const [olds, news] = [old.get(type) ?? NONE, now.get(type) ?? NONE];
    const removed = [...olds].filter(ref => !news.has(ref) && goes({ type, targetRef: ref }));
    const added = [...news].filter(ref => !olds.has(ref));
    if (!removed.length && !added.length) return [];
    const pieces = (change: 'removed' | 'added', refs: readonly string[]): readonly Inline[] =>
      refs.map(entityRef => ({ type: 'change', change, piece: { type: 'entity', entityRef } }));
    const value = [...pieces('removed', removed), ...pieces('added', added)];
    return [{ label: type, wide: true, value }];
  });
}

function byType(relations: readonly EntityRelation[] = []): ReadonlyMap<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const { type, targetRef } of relations) {
    const refs = types.get(type) ?? new Set<string>();
    types.set(type, refs.add(targetRef));
  }
  return types;
}

/** A kind that no entity has, for refs without a kind. */
const ANY = 'any';

/**
 * Returns which relations of a Backstage's entity are removed when another one replaces it: those written in it.
 * Others come from entities that may not be loaded here, or from fields that only the Backstage knows, and stay.
 */
function isRemovedWith(before: Entity, after: Entity): (relation: EntityRelation) => boolean {
  const [old, now] = [writtenRefs(before), writtenRefs(after)];
  const own = new Set(
    builtinRelationRules.filter(({ kind }) => kind === before.kind).map(({ type }) => type),
  );
  return ({ type, targetRef }) =>
    isAmong(targetRef, old) && (own.has(type) || !isAmong(targetRef, now));
}

function isAmong(ref: string, written: ReadonlySet<string>): boolean {
  return written.has(ref) || written.has(ref.replace(/^[^:]*/, ANY));
}

/** Collects everything in an entity that can be parsed as a ref. */
function writtenRefs(entity: Entity): ReadonlySet<string> {
  const refs = new Set<string>();
  const context = {
    defaultKind: ANY,
    defaultNamespace: getCompoundEntityRef(entity).namespace,
  };
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      const read = readEntityRef(value, context);
      if (read.ok) refs.add(stringifyEntityRef(read.value));
    } else if (Array.isArray(value)) value.forEach(collect);
    else if (isRecord(value)) Object.values(value).forEach(collect);
  };
  collect(entity.spec);
  return refs;
}
