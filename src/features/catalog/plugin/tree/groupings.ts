import {
  type CatalogService,
  type Entity,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  type FailedEntity,
  isKnownKind,
  kindIcon,
  kindOrder,
  kindPlural,
  ownerRefs,
  refOf,
  relationTargets,
  type Translate,
  type TreeGroup,
  type TreeGrouping,
} from '../../../../api';
import { titleOfRef } from '../relatedEntities';

export const DEFAULT_GROUPING = 'kind';

/** Sort key of groups such as "No owner", after all others. */
const LAST = 1_000_000;

export interface BuiltinGroupingsDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/** Creates the groupings that depend only on the catalog. */
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

function createKindGrouping({ catalog, translate }: BuiltinGroupingsDeps): TreeGrouping {
  const groupOf = (kind: string): TreeGroup => ({
    id: kind.toLowerCase(),
    label: kindPlural(kind, translate, catalog.names),
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
      // An owner without an owner is listed with its own entities.
      if (relationTargets(entity, 'ownerOf').length) {
        return [[groupOf(refOf(entity))]];
      }
      return [[{ id: '', label: translate('No owner'), icon: 'question', order: LAST }]];
    },
  };
}

/** Creates the grouping by `partOf`: domain > subdomain > system > component > subcomponent. */
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
      // Systems without a domain follow the domains.
      order: kind === 'domain' ? 0 : 1,
    };
  };
  /** Returns all paths from outermost wholes down to a ref; cycles are cut. */
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
      // Domains and systems are shown even if empty, and so are other entities with parts.
      if (kind === 'domain' || kind === 'system' || relationTargets(entity, 'hasPart').length) {
        return pathsTo(ref, [ref]);
      }
      const wholes = relationTargets(entity, 'partOf');
      if (wholes.length) return wholes.flatMap(whole => pathsTo(whole, [ref, whole]));
      return [[{ id: '', label: translate('No system'), icon: 'question', order: LAST }]];
    },
  };
}

/** Maximum depth, above that of real hierarchies, because each level can multiply the paths. */
const MAX_DEPTH = 12;

/** Creates a grouping by the values of a field; entities without a value are last. */
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

/** Creates the group of a value; values that differ only in case share one, as in filters. */
function valueGroup(value: string | undefined, look: { icon: string; none: string }): TreeGroup {
  return value === undefined
    ? { id: '', label: look.none, icon: 'question', order: LAST }
    : { id: value.toLowerCase(), label: value, icon: look.icon };
}

/** Id of groups with invalid descriptors only. */
export const FAILED_GROUP = 'failed';

/** Creates the group of invalid descriptors of unknown kind. */
export function unreadableGroup(translate: Translate): TreeGroup {
  return { id: FAILED_GROUP, label: translate('Not readable'), icon: 'error', order: LAST + 1 };
}

/** Returns the groups of an invalid descriptor; without support by the grouping, a common one. */
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
   * Returns the names of the folders that contain a file, outermost first, and its own name; starts
   * with the workspace folder if there are several. Undefined for a file outside the workspace.
   */
  readonly filePath: (uri: string) => readonly string[] | undefined;
}

/** Creates the grouping by folder and file. */
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
