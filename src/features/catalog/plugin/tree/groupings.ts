import type {
  CatalogService,
  Entity,
  FailedEntity,
  TreeGroup,
  TreeGrouping,
} from '../../../../api';
import type { Translate } from '../../../../base';
import {
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  isKnownKind,
  kindIcon,
  kindOrder,
  kindPlural,
  ownerRefs,
  refOf,
  relationTargets,
} from '../../../../model/presentation';
import { titleOfRef } from '../relatedEntities';

export const DEFAULT_GROUPING = 'kind';

/** "No owner" and the like come after everything that has one. */
const LAST = 1_000_000;

export interface BuiltinGroupingsDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** The groupings that need nothing but the catalog. */
export function createBuiltinGroupings(deps: BuiltinGroupingsDeps): readonly TreeGrouping[] {
  const { translate } = deps;
  return [
    createKindGrouping(deps),
    createOwnerGrouping(deps),
    createDomainGrouping(deps),
    createValueGrouping(
      { id: 'type', label: translate('Type') },
      { icon: 'symbol-class', none: translate('No type') },
      entity => [entityType(entity)],
    ),
    createValueGrouping(
      { id: 'lifecycle', label: translate('Lifecycle') },
      { icon: 'pulse', none: translate('No lifecycle') },
      entity => [entityLifecycle(entity)],
    ),
    createValueGrouping(
      { id: 'tag', label: translate('Tag') },
      { icon: 'tag', none: translate('No tags') },
      entityTags,
    ),
  ];
}

function createKindGrouping({ translate }: BuiltinGroupingsDeps): TreeGrouping {
  const groupOf = (kind: string): TreeGroup => ({
    id: kind.toLowerCase(),
    label: kindPlural(kind, translate),
    icon: kindIcon(kind),
    order: kindOrder(kind),
  });
  return {
    id: DEFAULT_GROUPING,
    label: translate('Kind'),
    groupsOf: entity => [[groupOf(entity.kind)]],
    groupsOfRef(ref) {
      const kind = ref.slice(0, ref.indexOf(':'));
      return isKnownKind(kind) ? [[groupOf(kind)]] : undefined;
    },
    groupsOfFailed: ({ kind }) => [
      [kind === undefined || kind === '' ? unreadableGroup(translate) : groupOf(kind)],
    ],
  };
}

function createOwnerGrouping({ catalog, translate }: BuiltinGroupingsDeps): TreeGrouping {
  const groupOf = (ref: string): TreeGroup => ({
    id: ref,
    label: titleOfRef(ref, catalog),
    icon: kindIcon(ref.slice(0, ref.indexOf(':'))),
    entityRef: ref,
    relation: 'ownerOf',
  });
  return {
    id: 'owner',
    label: translate('Owner'),
    groupsOf(entity) {
      const owners = ownerRefs(entity);
      if (owners.length) return owners.map(ref => [groupOf(ref)]);
      // An owner that nobody owns is where its own entities are, not among the ownerless.
      if (relationTargets(entity, 'ownerOf').length) {
        return [[groupOf(refOf(entity))]];
      }
      return [[{ id: '', label: translate('No owner'), icon: 'question', order: LAST }]];
    },
  };
}

/** Domain > subdomain > system > component > subcomponent, as far as `partOf` leads. */
function createDomainGrouping({ catalog, translate }: BuiltinGroupingsDeps): TreeGrouping {
  const groupOf = (ref: string): TreeGroup => {
    const whole = catalog.getEntityByRef(ref);
    const kind = ref.slice(0, ref.indexOf(':'));
    return {
      id: ref,
      label: whole ? entityTitle(whole) : ref.slice(ref.indexOf('/') + 1),
      icon: kindIcon(kind),
      entityRef: ref,
      relation: 'hasPart',
      // Systems of no domain come after the domains.
      order: kind === 'domain' ? 0 : 1,
    };
  };
  /** Every way up from a ref to an outermost whole, that ref last; cycles are cut. */
  const pathsTo = (ref: string, below: readonly string[]): (readonly TreeGroup[])[] => {
    const wholes = catalog
      .getRelations(ref)
      .filter(({ type, targetRef }) => type === 'partOf' && !below.includes(targetRef));
    const group = groupOf(ref);
    if (!wholes.length || below.length >= MAX_DEPTH) return [[group]];
    return wholes.flatMap(({ targetRef }) =>
      pathsTo(targetRef, [...below, targetRef]).map(path => [...path, group]),
    );
  };
  return {
    id: 'domain',
    label: translate('System and domain'),
    groupsOf(entity) {
      const ref = refOf(entity);
      const kind = entity.kind.toLowerCase();
      // Domains and systems show even when empty; so does whatever else holds parts.
      if (kind === 'domain' || kind === 'system' || relationTargets(entity, 'hasPart').length) {
        return pathsTo(ref, [ref]);
      }
      const wholes = relationTargets(entity, 'partOf');
      if (wholes.length) return wholes.flatMap(whole => pathsTo(whole, [ref, whole]));
      return [[{ id: '', label: translate('No system'), icon: 'question', order: LAST }]];
    },
  };
}

/** Deeper than any real hierarchy; each level can multiply the paths. */
const MAX_DEPTH = 12;

/** Groups entities by the values of a field; those without a value come last. */
function createValueGrouping(
  grouping: Pick<TreeGrouping, 'id' | 'label'>,
  look: { readonly icon: string; readonly none: string },
  valuesOf: (entity: Entity) => readonly (string | undefined)[],
): TreeGrouping {
  return {
    ...grouping,
    groupsOf(entity) {
      const values = valuesOf(entity);
      return (values.length ? values : [undefined]).map(value => [valueGroup(value, look)]);
    },
  };
}

/** Values that differ in case only are one group, as filters see them. */
function valueGroup(value: string | undefined, look: { icon: string; none: string }): TreeGroup {
  return value === undefined
    ? { id: '', label: look.none, icon: 'question', order: LAST }
    : { id: value.toLowerCase(), label: value, icon: look.icon };
}

/** Id of the groups that hold descriptors with errors and no entities. */
export const FAILED_GROUP = 'failed';

/** Where descriptors go that failed before anybody could tell what they are. */
export function unreadableGroup(translate: Translate): TreeGroup {
  return { id: FAILED_GROUP, label: translate('Not readable'), icon: 'error', order: LAST + 1 };
}

/** The groups of a failed entity under a grouping; those that do not say get one group for all. */
export function groupsOfFailed(
  grouping: TreeGrouping,
  failed: FailedEntity,
  translate: Translate,
): readonly (readonly TreeGroup[])[] {
  return (
    grouping.groupsOfFailed?.(failed) ?? [
      [{ id: FAILED_GROUP, label: translate('With errors'), icon: 'error', order: LAST + 1 }],
    ]
  );
}

export interface FileGroupingDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
  /**
   * The folders that lead to a file, outermost first, and its name last; the workspace folder comes
   * first where there are several. Undefined for a file outside the workspace.
   */
  readonly filePath: (uri: string) => readonly string[] | undefined;
}

/** The folder tree of the workspace, as far as it leads to descriptors. */
export function createFileGrouping({
  catalog,
  translate,
  filePath,
}: FileGroupingDeps): TreeGrouping {
  const pathOf = (uri: string): readonly TreeGroup[] => {
    const segments = filePath(uri) ?? [translate('Outside the workspace'), uri];
    return segments.map((segment, index) => {
      const isFile = index === segments.length - 1;
      return {
        id: isFile ? `file:${segment}` : `folder:${segment}`,
        label: segment,
        icon: isFile ? 'file' : 'folder',
        order: isFile ? 1 : 0,
      };
    });
  };
  return {
    id: 'file',
    label: translate('File'),
    compactGroups: true,
    groupsOf(entity: Entity) {
      const source = catalog.getEntitySource(refOf(entity));
      if (source) return [pathOf(source.file)];
      return [[{ id: '', label: translate('From providers'), icon: 'cloud', order: LAST }]];
    },
    groupsOfFailed: ({ source }) => [pathOf(source.file)],
  };
}
