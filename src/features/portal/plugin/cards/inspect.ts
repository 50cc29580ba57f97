import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type CardContent,
  type CardField,
  type CardTreeItem,
  type CatalogService,
  type Entity,
  type EntityAncestry,
  entityAnnotation,
  type EntityCard,
  entityNamespace,
  type EntityRoot,
  entityTitle,
  type Inline,
  isRecord,
  kindIcon,
  refOf,
  shortenEntityRef,
  type Translate,
} from '../../../../api';
import { type CardDeps, entityTable, textPieces } from './pieces';

interface ColocatedEntities {
  /** Refs of the other entities in the same file. */
  readonly location: readonly string[];
  /** Refs of the other entities with the same origin. */
  readonly origin: readonly string[];
}

/** Number of entities to compare before yielding. */
const AT_ONCE = 2_000;

/** Finds the entities in the same file and those with the same origin: the same root Location, or the same provider. */
async function colocatedEntities(
  ref: string,
  catalog: CatalogService,
  signal: AbortSignal,
): Promise<ColocatedEntities> {
  const file = catalog.getEntitySource(ref)?.file;
  const location = file === undefined ? [] : catalog.getEntityRefsInFile(file);
  const origins = new Origins(catalog);
  const wanted = origins.of(ref);
  const origin: string[] = [];
  for (const [index, other] of catalog.getEntityRefs().entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) {
      await new Promise(resolve => setTimeout(resolve));
      signal.throwIfAborted();
    }
    if (other !== ref && wanted !== undefined && origins.of(other) === wanted) origin.push(other);
  }
  return { location: location.filter(other => other !== ref), origin };
}

/** Origins of entities as strings to compare. */
class Origins {
  #catalog: CatalogService;
  /** Origin by file. All entities of a discovered file have the same one. */
  #byFile = new Map<string, string>();

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  of(ref: string): string | undefined {
    const file = this.#catalog.getEntitySource(ref)?.file;
    const known = file === undefined ? undefined : this.#byFile.get(file);
    if (known !== undefined) return known;
    const ancestry = this.#catalog.getEntityAncestry(ref);
    if (!ancestry) return undefined;
    const { locationRefs, root } = ancestry;
    const first = locationRefs.at(-1);
    if (root.type === 'provider') return `provider ${root.name}`;
    if (root.type !== 'discovery') return first ?? ref;
    const origin = first === undefined ? file : this.#catalog.getEntitySource(first)?.file;
    if (file !== undefined && origin !== undefined) this.#byFile.set(file, origin);
    return origin;
  }
}

export interface InspectDeps extends CardDeps {
  /** Returns the display path of a file URI. */
  readonly filePath: (uri: string) => string;
}

/** Backstage's `InspectEntityDialog`, `plugins/catalog-react`, except what the Raw tab shows. */
export function inspectCards(deps: InspectDeps): readonly EntityCard[] {
  const { catalog, translate } = deps;
  return [
    {
      id: 'portal.identity',
      title: translate('Identity'),
      icon: 'key',
      tab: 'inspect',
      order: 10,
      load: entity => ({ type: 'fields', fields: identity(entity, deps) }),
    },
    {
      id: 'portal.ancestry',
      title: translate('Ancestry'),
      icon: 'git-merge',
      tab: 'inspect',
      order: 20,
      load(entity): CardContent | undefined {
        const ancestry = catalog.getEntityAncestry(refOf(entity));
        return ancestry && ancestryTree(entity, ancestry, deps);
      },
    },
    {
      id: 'portal.annotations',
      title: translate('Annotations'),
      icon: 'note',
      tab: 'inspect',
      order: 30,
      width: 'full',
      load: annotations,
    },
    {
      id: 'portal.colocated',
      title: translate('Colocated'),
      icon: 'files',
      tab: 'inspect',
      order: 40,
      width: 'full',
      load: (entity, { signal }) => colocated(entity, signal, deps),
    },
  ];
}

function identity(
  entity: Entity,
  { catalog, translate, filePath }: InspectDeps,
): readonly CardField[] {
  const { apiVersion, kind, metadata } = entity;
  const ref = refOf(entity);
  const source = catalog.getEntitySource(ref);
  const place = source && `${filePath(source.file)}:${source.nameRange.start.line + 1}`;
  const location = (label: string, annotation: string): CardField => ({
    label,
    wide: true,
    value: codePieces(entityAnnotation(entity, annotation)),
  });
  return [
    {
      label: translate('Entity Ref'),
      wide: true,
      value: [{ type: 'code', text: ref, canCopy: true }],
    },
    { label: translate('Kind'), value: textPieces(kind) },
    { label: translate('API Version'), value: textPieces(apiVersion) },
    { label: translate('Namespace'), value: textPieces(entityNamespace(entity)) },
    { label: translate('Name'), value: textPieces(metadata.name) },
    // Backstage generates the uid when it first processes the entity.
    { label: 'UID', value: textPieces(translate('Only a Backstage server assigns a uid.')) },
    {
      label: translate('Source'),
      wide: true,
      value:
        source && place !== undefined
          ? [
              {
                type: 'link',
                text: place,
                icon: 'go-to-file',
                target: { type: 'source', file: source.file, range: source.nameRange },
              },
            ]
          : textPieces(translate('Not in a file')),
    },
    location(translate('Managed by Location'), ANNOTATION_LOCATION),
    location(translate('Managed by Origin Location'), ANNOTATION_ORIGIN_LOCATION),
  ];
}

/** Tree from the origin down to the entity. */
function ancestryTree(
  entity: Entity,
  { locationRefs, root }: EntityAncestry,
  { catalog, translate, filePath }: InspectDeps,
): CardContent {
  const itemOf = (ref: string, below: CardTreeItem | undefined): CardTreeItem => {
    const file = catalog.getEntitySource(ref)?.file;
    const known = catalog.getEntityByRef(ref);
    return {
      id: ref,
      label: known ? entityTitle(known) : shortenEntityRef(ref, {}),
      icon: kindIcon(ref.slice(0, ref.indexOf(':'))),
      ...(file !== undefined && { description: filePath(file) }),
      target: { type: 'entity', entityRef: ref },
      ...(below && { children: [below], isExpanded: true }),
    };
  };
  const last = itemOf(refOf(entity), undefined);
  const below = locationRefs.reduce((item, ref) => itemOf(ref, item), last);
  return {
    type: 'tree',
    label: translate('Ancestry'),
    items: [
      {
        id: 'root',
        ...rootLabel(root, translate),
        children: [below],
        isExpanded: true,
      },
    ],
  };
}

function rootLabel(
  root: EntityRoot,
  translate: Translate,
): Pick<CardTreeItem, 'label' | 'icon' | 'description'> {
  switch (root.type) {
    case 'discovery':
      return { label: translate('Found in the workspace'), icon: 'search' };
    case 'configuration':
      return { label: translate('Listed in the configuration'), icon: 'gear' };
    case 'provider':
      return {
        label: translate('Added by an entity provider'),
        icon: 'plug',
        description: root.name,
      };
    case 'nothing':
      return { label: translate('No longer referenced'), icon: 'warning' };
  }
}

function annotations({ metadata }: Entity): CardContent | undefined {
  const written = Object.entries(isRecord(metadata.annotations) ? metadata.annotations : {});
  if (!written.length) return undefined;
  return {
    type: 'labels',
    labels: written.flatMap(([key, value]) => (typeof value === 'string' ? [{ key, value }] : [])),
  };
}

async function colocated(
  entity: Entity,
  signal: AbortSignal,
  { catalog, translate }: InspectDeps,
): Promise<CardContent> {
  const { location, origin } = await colocatedEntities(refOf(entity), catalog, signal);
  const table = (refs: readonly string[]): CardContent =>
    entityTable(refs, {
      columns: ['kind', 'type', 'owner'],
      empty: translate('The location had no other entities.'),
    });
  return {
    type: 'sections',
    sections: [
      { title: translate('At the same location'), content: table(location) },
      { title: translate('At the same origin'), content: table(origin) },
    ],
  };
}

function codePieces(text: string | undefined): readonly Inline[] {
  return text === undefined ? [] : [{ type: 'code', text }];
}
