import {
  type CardTreeItem,
  type CatalogService,
  type Entity,
  entityType,
  type FilesService,
  hashText,
  refOf,
  type Translate,
} from '../../../../api';
import {
  type ApiOutline,
  child,
  definitionOf,
  type DefinitionSource,
  findSource,
  itemsOf,
  leavesWithPaths,
  type LocatedOutline,
  MORE_ID,
  outlineDefinition,
  textAt,
} from '../../core';

export interface ApiDefinitionsDeps {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly translate: Translate;
  /** Whether to validate definitions against their specification; default: true. */
  readonly isChecked?: boolean;
}

/** An API, as far as its definition can be read. */
export interface ApiDefinition {
  readonly source: DefinitionSource | undefined;
  /** The text; undefined if there is none or a placeholder couldn't be read. */
  readonly text: string | undefined;
  /** The reference that couldn't be read. */
  readonly unread: string | undefined;
  readonly outline: LocatedOutline | undefined;
}

/** An operation with its API. */
export interface FoundOperation {
  readonly entity: Entity;
  readonly item: CardTreeItem;
  /** The path in the tree of operations, which is the anchor on the API's page. */
  readonly path: string;
}

interface Kept {
  readonly text: string | undefined;
  readonly type: string;
  readonly place: string;
  readonly twin: string | undefined;
  readonly definition: Promise<ApiDefinition | undefined>;
}

/** The maximum number of cached outlines: those of open pages. */
const MOST_KEPT = 20;

/** Reads and caches definitions of APIs, until they change. */
export class ApiDefinitions {
  #deps: ApiDefinitionsDeps;
  #kept = new Map<string, Kept>();

  constructor(deps: ApiDefinitionsDeps) {
    this.#deps = deps;
  }

  /** @throws the signal's reason once it is aborted */
  async load(ref: string, signal?: AbortSignal): Promise<ApiDefinition | undefined> {
    const found = await this.#find(ref, signal);
    if (!found) return undefined;
    const { entity, source, now } = found;
    const kept = this.#kept.get(ref);
    if (kept && isSame(kept, now)) return kept.definition;
    // Others may wait for it too, so it doesn't end with the first caller.
    const definition = this.#read({ entity, source, ...now });
    this.#kept.delete(ref);
    this.#kept.set(ref, { ...now, definition });
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(oldest);
    return definition;
  }

  /**
   * Returns a state that changes with the result of `load`, without reading the definition; undefined if there is no
   * API.
   *
   * @throws the signal's reason once it is aborted
   */
  async stateOf(ref: string, signal?: AbortSignal): Promise<string | undefined> {
    const found = await this.#find(ref, signal);
    return found && hashText(JSON.stringify(found.now));
  }

  /** Returns the operations of an API in their order; none if errors in its definition hide them. */
  async operationsOf(entity: Entity, signal?: AbortSignal): Promise<readonly FoundOperation[]> {
    const definition = await this.load(refOf(entity), signal);
    const { operations = [] } = definition?.outline ?? {};
    return [...leavesWithPaths(operations)]
      .filter(({ item }) => item.id !== MORE_ID)
      .map(({ item, path }) => ({ entity, item, path }));
  }

  /**
   * Outlines an API (a whole entity) without places and without caching, for callers that read many.
   *
   * @throws the signal's reason once it is aborted
   */
  async outlineOf(entity: Entity, signal: AbortSignal): Promise<ApiOutline | undefined> {
    const { catalog, files, translate } = this.#deps;
    const definition = definitionOf(entity);
    if (definition !== undefined) {
      const type = (entityType(entity) ?? '').toLowerCase();
      const options = { definition, type, source: nowhere, translate, isChecked: false, signal };
      const outline = await outlineDefinition(options);
      signal.throwIfAborted();
      return outline;
    }
    const entitySource = catalog.getEntitySource(refOf(entity));
    const source =
      entitySource && (await findSource({ files, definition, source: entitySource, signal }));
    signal.throwIfAborted();
    return outlineRemotes({ entity, source, translate });
  }

  async #find(
    ref: string,
    signal: AbortSignal | undefined,
  ): Promise<
    | {
        readonly entity: Entity;
        readonly source: DefinitionSource | undefined;
        readonly now: Omit<Kept, 'definition'>;
      }
    | undefined
  > {
    const { catalog, files } = this.#deps;
    const entity = await catalog.loadEntity(ref);
    if (!entity) return undefined;
    const text = definitionOf(entity);
    const type = (entityType(entity) ?? '').toLowerCase();
    const entitySource = catalog.getEntitySource(ref);
    const source =
      entitySource && (await findSource({ files, definition: text, source: entitySource, signal }));
    signal?.throwIfAborted();
    // Detects moved parts: the whole definition moves with the text before it.
    const remotes = JSON.stringify(entity.spec?.['remotes'] ?? '');
    const place = JSON.stringify([source?.file, source?.range, source?.spec?.place, remotes]);
    return { entity, source, now: { text, type, place, twin: source?.twin?.text } };
  }

  async #read({
    entity,
    text,
    type,
    source,
  }: {
    readonly entity: Entity;
    readonly text: string | undefined;
    readonly type: string;
    readonly source: DefinitionSource | undefined;
  }): Promise<ApiDefinition | undefined> {
    const { translate, isChecked } = this.#deps;
    if (text !== undefined) {
      const options = { definition: text, type, source: source ?? nowhere, translate, isChecked };
      return { source, text, unread: undefined, outline: await outlineDefinition(options) };
    }
    const unread = placeholderOf(entity.spec?.['definition']);
    const outline = outlineRemotes({ entity, source, translate });
    return { source, text, unread, outline };
  }
}

function isSame(a: Omit<Kept, 'definition'>, b: Omit<Kept, 'definition'>): boolean {
  return a.text === b.text && a.type === b.type && a.place === b.place && a.twin === b.twin;
}

/** Entities of providers are in no file. */
const nowhere: Pick<DefinitionSource, 'file' | 'range' | 'rangeOf'> = {
  file: '',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  rangeOf: () => undefined,
};

function placeholderOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [[key, reference] = []] = Object.entries(value);
  return key?.startsWith('$') && typeof reference === 'string' ? reference : undefined;
}

/** Outlines an MCP server, of which the descriptor has only the address. */
function outlineRemotes({
  entity,
  source,
  translate,
}: {
  readonly entity: Entity;
  readonly source: DefinitionSource | undefined;
  readonly translate: Translate;
}): LocatedOutline | undefined {
  const remotes = entity.spec?.['remotes'];
  if (!Array.isArray(remotes) || !source) return undefined;
  const locate: LocatedOutline['locate'] = place => ({
    type: 'source',
    file: source.descriptor,
    range: source.rangeInDescriptor(place),
  });
  const operations = itemsOf(child(source.spec, 'remotes')).map((node, index): CardTreeItem => {
    const type = textAt(node, 'type');
    return {
      id: `${index}`,
      label: textAt(node, 'url') ?? '?',
      icon: 'remote',
      ...(type !== undefined && { badge: { text: type, tone: 'info' } }),
      target: locate((child(node, 'url') ?? node).place),
    };
  });
  return {
    format: 'Model Context Protocol',
    fields: [],
    operations,
    operationsTitle: translate('Remotes'),
    types: [],
    problems: [],
    counts: { operations: operations.length, types: 0 },
    locate,
    rangeOf: place => source.rangeInDescriptor(place),
  };
}
