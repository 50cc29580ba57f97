import {
  basenameUri,
  canHaveDocs,
  type CatalogService,
  type CatalogSourcesService,
  DEFAULT_NAMESPACE,
  descriptorUrls,
  type Entity,
  entityLinks,
  entityNamespace,
  entityTags,
  entityTitle,
  entityType,
  hasDocs,
  kindIcon,
  ownerRefs,
  type Problem,
  relationLabel,
  type Translate,
  translateCount,
} from '../../../../api';
import { assignableFields, canAssign } from '../assignments';
import { isInCatalog, titleOfRef } from '../relatedEntities';
import { FAILED_GROUP } from './groupings';
import type { SeverityCounts } from './problemCounts';
import type { GroupEntry } from './treeIndex';
import type { CatalogTreeNode, NodeColor, NodePresentation } from './treeNodes';

/** A badge at the end of a row; its color also applies to the label. */
export interface NodeDecoration {
  /** At most two characters. */
  readonly badge: string;
  readonly color: NodeColor;
  readonly tooltip: string;
}

/**
 * Creates the badge for problems: a number for entities, a dot for groups, as for files and folders
 * in the Explorer.
 */
export function decorateProblems(
  { errors, warnings }: SeverityCounts,
  { isGroup }: { isGroup: boolean },
): NodeDecoration | undefined {
  const total = errors + warnings;
  if (!total) return undefined;
  const parts = [
    errors ? translateCount(errors, { one: '{0} error', other: '{0} errors' }) : undefined,
    warnings ? translateCount(warnings, { one: '{0} warning', other: '{0} warnings' }) : undefined,
  ];
  return {
    badge: isGroup ? '•' : total > 9 ? '9+' : String(total),
    color: errors ? 'error' : 'warning',
    tooltip: parts.filter(Boolean).join(', '),
  };
}

export function decorateDangling(translate: Translate): NodeDecoration {
  return { badge: '?', color: 'warning', tooltip: translate('not in the catalog') };
}

interface PresentationDeps {
  readonly catalog: CatalogService;
  readonly starred: { has(ref: string): boolean };
  readonly sources: Pick<CatalogSourcesService, 'getOriginOf'>;
  readonly translate: Translate;
  entryOf(groupId: string): GroupEntry | undefined;
  problemsOf(ref: string): readonly Problem[];
  decorationOfGroup(groupId: string): NodeDecoration | undefined;
  isExpanded(node: CatalogTreeNode): boolean;
  hasRelations(ref: string): boolean;
}

/** Joins parts of a row's accessible label. */
function spoken(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}

/** Returns the current presentation of a row. */
export function presentNode(node: CatalogTreeNode, deps: PresentationDeps): NodePresentation {
  const { translate } = deps;
  const unfolded = deps.isExpanded(node) ? 'expanded' : 'collapsed';
  switch (node.type) {
    case 'group':
      return presentGroup(deps.entryOf(node.id), unfolded, deps);
    case 'entity': {
      const state = deps.hasRelations(node.entityRef) ? unfolded : 'leaf';
      const entity = deps.catalog.getEntityByRef(node.entityRef);
      return entity
        ? presentEntity({ entity, ref: node.entityRef, state, owner: ownerAbove(node, deps) }, deps)
        : presentDangling(node.entityRef, state, deps);
    }
    case 'relation':
      return presentRelation(node, unfolded, deps);
    case 'failed': {
      const { kind, name, source } = node.failed;
      const label = name ?? kind ?? basenameUri(source.file);
      const description = translate('not in the catalog');
      return {
        label,
        description,
        icon: 'error',
        iconColor: 'error',
        state: 'leaf',
        contextValue: 'failed source',
        accessibilityLabel: spoken(label, kind, translate('has errors'), description),
      };
    }
    case 'more': {
      const label = translate('Show more…');
      const description = translate('{0} not shown', node.remaining);
      return {
        label,
        description,
        icon: 'ellipsis',
        iconColor: undefined,
        state: 'leaf',
        contextValue: 'more',
        accessibilityLabel: `${label} ${description}`,
      };
    }
  }
}

function presentGroup(
  entry: GroupEntry | undefined,
  state: NodePresentation['state'],
  deps: PresentationDeps,
): NodePresentation {
  const { catalog, translate } = deps;
  // The editor may not know yet that a group was removed.
  const { group, count, failedCount } = entry ?? {
    group: { id: '', label: '' },
    count: 0,
    failedCount: 0,
  };
  const ref = group.entityRef;
  const entity = ref === undefined ? undefined : catalog.getEntityByRef(ref);
  const missing = ref !== undefined && !entity;
  const warnings = ref === undefined ? 0 : warningsOf(ref, deps).length;
  // A group with invalid descriptors only says so in its label.
  const isForFailed = group.id === FAILED_GROUP;
  const notes = [
    isForFailed ? String(failedCount) : count > 0 ? String(count) : undefined,
    failedCount > 0 && !isForFailed ? translate('{0} with errors', failedCount) : undefined,
    group.description,
    missing ? translate('not in the catalog') : undefined,
  ];
  return {
    label: group.label,
    description: notes.filter(Boolean).join(' · ') || undefined,
    icon: missing ? 'warning' : group.icon,
    iconColor: missing || warnings ? 'warning' : group.icon === 'error' ? 'error' : undefined,
    state,
    contextValue: [
      'group',
      ...(entity && ref !== undefined ? entityFlags(entity, ref, deps) : []),
    ].join(' '),
    accessibilityLabel: spoken(
      group.label,
      isForFailed
        ? translateCount(failedCount, { one: '{0} descriptor', other: '{0} descriptors' })
        : translateCount(count, { one: '{0} entity', other: '{0} entities' }),
      failedCount > 0 && !isForFailed ? translate('{0} with errors', failedCount) : undefined,
      missing ? translate('not in the catalog') : undefined,
      entry && deps.decorationOfGroup(entry.id)?.tooltip,
    ),
  };
}

function presentEntity(
  row: {
    entity: Entity;
    ref: string;
    state: NodePresentation['state'];
    owner: string | undefined;
  },
  deps: PresentationDeps,
): NodePresentation {
  const { entity, ref, state } = row;
  const { catalog, starred, translate } = deps;
  const label = entityTitle(entity);
  const { from, alsoIn } = deps.sources.getOriginOf(ref);
  const origin = [
    from && translate('from {0}', from.name),
    alsoIn.length && !from
      ? translate('also in {0}', alsoIn.map(({ name }) => name).join(', '))
      : undefined,
  ].filter(note => note !== undefined);
  const owners = ownerRefs(entity).map(owner => titleOfRef(owner, catalog));
  const namespace = entityNamespace(entity);
  const notes = [
    starred.has(ref) ? '★' : undefined,
    namespace.toLowerCase() === DEFAULT_NAMESPACE ? undefined : namespace,
    entityType(entity),
    ...origin,
    // Below its owner, an entity shows its owners only if it has another one.
    ownerRefs(entity).every(owner => owner === row.owner) ? undefined : owners.join(', '),
  ].filter(note => note !== undefined);
  const warnings = warningsOf(ref, deps).length;
  return {
    label,
    description: notes.join(' · ') || undefined,
    icon: kindIcon(entity.kind),
    iconColor: warnings ? 'warning' : undefined,
    ...(from?.color !== undefined && { sourceColor: from.color }),
    state,
    contextValue: ['entity', ...entityFlags(entity, ref, deps)].join(' '),
    accessibilityLabel: spoken(
      label,
      entity.kind,
      entityType(entity),
      owners.length ? translate('owned by {0}', owners.join(', ')) : undefined,
      starred.has(ref) ? translate('starred') : undefined,
      ...origin,
      warningsLabel(warnings),
    ),
  };
}

/** Returns the owner that the parent row shows. */
function ownerAbove({ parent }: CatalogTreeNode, deps: PresentationDeps): string | undefined {
  if (parent?.type === 'relation') {
    return parent.relation === 'ownerOf' ? parent.sourceRef : undefined;
  }
  const group = parent && deps.entryOf(parent.id)?.group;
  return group?.relation === 'ownerOf' ? group.entityRef : undefined;
}

function presentDangling(
  ref: string,
  state: NodePresentation['state'],
  { translate }: PresentationDeps,
): NodePresentation {
  const kind = ref.slice(0, ref.indexOf(':'));
  const label = nameInRef(ref);
  const missing = translate('not in the catalog');
  return {
    label,
    description: `${kind} · ${missing}`,
    icon: 'warning',
    iconColor: 'warning',
    state,
    contextValue: 'dangling',
    accessibilityLabel: `${label}, ${kind}, ${missing}`,
  };
}

function presentRelation(
  node: Extract<CatalogTreeNode, { type: 'relation' }>,
  state: NodePresentation['state'],
  { catalog, translate }: PresentationDeps,
): NodePresentation {
  const label = relationLabel(node.relation, translate, catalog.names);
  const targets = catalog
    .getRelations(node.sourceRef)
    .filter(({ type }) => type === node.relation)
    .map(({ targetRef }) => targetRef);
  const [first] = targets;
  // The title of a single target is shown, otherwise their number.
  const only = targets.length === 1 && first !== undefined ? nameOf(first, catalog) : undefined;
  const missing = targets.filter(ref => !isInCatalog(ref, catalog)).length;
  const missingNote =
    missing === 0
      ? undefined
      : targets.length === 1
        ? translate('not in the catalog')
        : translate('{0} not in the catalog', missing);
  return {
    label,
    description: [only ?? targets.length, missingNote].filter(Boolean).join(' · '),
    icon: missing ? 'warning' : undefined,
    iconColor: missing ? 'warning' : undefined,
    state,
    contextValue: 'relation',
    accessibilityLabel: spoken(
      only === undefined ? label : `${label} ${only}`,
      only === undefined
        ? translateCount(targets.length, { one: '{0} entity', other: '{0} entities' })
        : undefined,
      missingNote,
    ),
  };
}

function nameOf(ref: string, catalog: CatalogService): string {
  const entity = catalog.getEntityByRef(ref);
  return entity ? entityTitle(entity) : nameInRef(ref);
}

/** Formats a ref for rows that show the kind: `namespace/name`, or `name` in the default namespace. */
function nameInRef(ref: string): string {
  const name = ref.slice(ref.indexOf(':') + 1);
  return name.startsWith(`${DEFAULT_NAMESPACE}/`) ? name.slice(DEFAULT_NAMESPACE.length + 1) : name;
}

/** Returns the flags for the menus of an entity. */
export function entityFlags(
  entity: Entity,
  ref: string,
  { catalog, sources, starred }: Pick<PresentationDeps, 'catalog' | 'sources' | 'starred'>,
): readonly string[] {
  const urls = descriptorUrls(entity);
  const source = catalog.getEntitySource(ref) !== undefined;
  // Remote entities can be opened but not edited.
  const { from, alsoIn } = sources.getOriginOf(ref);
  const editable = source && from === undefined;
  const flags: Readonly<Record<string, boolean>> = {
    hasRef: true,
    source,
    editable,
    starred: starred.has(ref),
    unstarred: !starred.has(ref),
    links: entityLinks(entity).length > 0 || urls.view !== undefined || urls.edit !== undefined,
    docs: hasDocs(entity),
    addDocs: editable && canHaveDocs(entity),
    owned: ownerRefs(entity).length > 0,
    owner: catalog.getRelations(ref).some(({ type }) => type === 'ownerOf'),
    tagged: entityTags(entity).length > 0,
    inBackstage: [from, ...alsoIn].some(info => info?.type === 'backstage'),
  };
  const fields = editable ? assignableFields.filter(({ id }) => canAssign(entity, id)) : [];
  const set = Object.entries(flags).flatMap(([flag, isSet]) => (isSet ? flag : []));
  // One word, so that a kind such as Docs isn't taken for a flag.
  return [...set, ...fields.map(({ id }) => id), `kind_${entity.kind.toLowerCase()}`];
}

function warningsOf(ref: string, deps: PresentationDeps): readonly Problem[] {
  return deps
    .problemsOf(ref)
    .filter(({ severity }) => severity === 'warning' || severity === 'error');
}

function warningsLabel(count: number): string | undefined {
  if (count === 0) return undefined;
  return translateCount(count, { one: '{0} problem', other: '{0} problems' });
}
