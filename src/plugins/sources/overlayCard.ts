import type {
  CardContent,
  CardField,
  CatalogService,
  CatalogSourceInfo,
  CatalogSourcesService,
  EntityCard,
  EntityVersion,
  Inline,
} from '../../api';
import type { Translate } from '../../base';
import type { Entity, EntityRelation } from '../../model';
import { describeFieldChange, describePath, fieldChanges } from '../../model/differences';
import { refOf } from '../../model/presentation';

export interface OverlayCardDeps {
  readonly catalog: Pick<CatalogService, 'getEntitySources' | 'getEntityVersions'>;
  readonly sources: Pick<CatalogSourcesService, 'getSourceOf' | 'onDidChange'>;
  readonly translate: Translate;
}

/** An entity as a source has it. */
interface Shadowed extends EntityVersion {
  readonly info: CatalogSourceInfo;
}

/** More than anybody reads of the changes of one entity. */
const MAX_FIELDS = 100;

/**
 * What is different about an entity of the workspace in the sources that have it, too: what will change there once the
 * workspace is merged, or published.
 */
export function overlayCard(deps: OverlayCardDeps): EntityCard {
  const { sources, translate } = deps;
  return {
    id: 'sources.overlay',
    title: translate('Changes'),
    icon: 'diff',
    order: 15,
    isShownFor: entity => isShadowing(entity, deps),
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
      const shadowed = shadowedBy(entity, deps);
      if (!shadowed.length) return undefined;
      return {
        type: 'sections',
        sections: shadowed.map(version => ({
          title: translate('When this replaces what {0} has', version.info.name),
          content: changesContent(version.entity, entity, translate),
        })),
      };
    },
    onDidChange: sources.onDidChange,
  };
}

/** Whether the workspace has it, and a source as well. Is asked of every page. */
function isShadowing(
  entity: Entity,
  { catalog, sources }: Pick<OverlayCardDeps, 'catalog' | 'sources'>,
): boolean {
  const [winner, ...others] = catalog.getEntitySources(refOf(entity));
  const isOfSource = (place: typeof winner): boolean =>
    place !== undefined && sources.getSourceOf(place.file) !== undefined;
  return winner !== undefined && !isOfSource(winner) && others.some(isOfSource);
}

/** The versions of sources beside that of the workspace; none where a source's counts. */
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

function changesContent(before: Entity, after: Entity, translate: Translate): CardContent {
  const fields = fieldChanges(before, after).map(({ path, before: old, after: now }): CardField => {
    const { removed, added } = describeFieldChange(old, now);
    return { label: describePath(path), wide: true, value: changeOf(removed, added) };
  });
  const relations = relationFields(before, after);
  const all = [...fields, ...relations];
  if (!all.length) {
    return {
      type: 'message',
      tone: 'good',
      text: translate('Nothing changes: both are the same.'),
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
  return [
    ...removed.map((text): Inline => ({ type: 'text', text: `− ${text}`, tone: 'bad' })),
    ...added.map((text): Inline => ({ type: 'text', text: `+ ${text}`, tone: 'good' })),
  ];
}

/** A field for each type of relations of which some came or went. */
function relationFields(before: Entity, after: Entity): readonly CardField[] {
  const [old, now] = [byType(before.relations), byType(after.relations)];
  const types = [...new Set([...old.keys(), ...now.keys()])].sort();
  return types.flatMap(type => {
    const [olds, news] = [old.get(type) ?? [], now.get(type) ?? []];
    const removed = olds.filter(ref => !news.includes(ref));
    const added = news.filter(ref => !olds.includes(ref));
    if (!removed.length && !added.length) return [];
    const signed = (sign: Inline, refs: readonly string[]): readonly Inline[] =>
      refs.flatMap((entityRef): readonly Inline[] => [sign, { type: 'entity', entityRef }]);
    const value = [
      ...signed({ type: 'text', text: '−', tone: 'bad' }, removed),
      ...signed({ type: 'text', text: '+', tone: 'good' }, added),
    ];
    return [{ label: type, wide: true, value }];
  });
}

function byType(relations: readonly EntityRelation[] = []): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, string[]>();
  for (const { type, targetRef } of relations) {
    types.set(type, [...(types.get(type) ?? []), targetRef]);
  }
  return types;
}
