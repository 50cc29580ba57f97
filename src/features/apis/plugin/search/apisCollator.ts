import {
  type CatalogService,
  type Disposable,
  Emitter,
  type Entity,
  entityFacets,
  entityTitle,
  type FilesService,
  hashText,
  runInSlices,
  kindIcon,
  onDemand,
  type SearchChangeEvent,
  type SearchCollator,
  type SearchDocument,
  type SearchLocation,
  type SearchSource,
  TimeSlicer,
  type Translate,
} from '../../../../api';
import { isApi, isDefined } from '../definitions/openApis';

export interface ApisCollatorDeps {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly translate: Translate;
}

/** The maximum number of changed APIs that are compared; more are all collated again. */
const FEW_CHANGES = 50;
/** The maximum number of APIs with cached locations of operations, more than are shown at once. */
const MOST_PLACES = 200;

type Places = ReadonlyMap<string, SearchLocation>;

/** Collates APIs: each API is a source, and each of its operations and types a document. */
export class ApisCollator implements SearchCollator, Disposable {
  readonly id = 'apis';
  readonly title: string;
  readonly icon = kindIcon('API');
  /** An API ranks before its parts. */
  readonly weight = 0.85;
  /** A definition is read to locate its parts. */
  readonly locatesOnDemand = true;
  readonly onDidChange: SearchCollator['onDidChange'];
  #deps: ApisCollatorDeps;
  #changed = new Emitter<SearchChangeEvent>();
  #subscription: Disposable;
  /** Stamps by ref; undefined until the first request. */
  #stamps: Map<string, string> | undefined;
  /** Locations by ref, the most recently used last. */
  #places = new Map<string, { readonly state: string; readonly places: Places }>();
  #looking = new Map<string, Promise<Places>>();

  constructor(deps: ApisCollatorDeps) {
    this.#deps = deps;
    this.title = deps.translate('APIs');
    this.onDidChange = this.#changed.event;
    this.#subscription = deps.catalog.onDidChange(({ entityRefs }) =>
      this.#fireChanges(entityRefs),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async getSources(signal: AbortSignal): Promise<readonly SearchSource[]> {
    const { catalog } = this.#deps;
    signal.throwIfAborted();
    const stamps = (this.#stamps ??= new Map<string, string>());
    const slices = new TimeSlicer();
    const sources: SearchSource[] = [];
    for (const id of catalog.getEntityRefs()) {
      if (!isApi(id)) continue;
      const stamp = stamps.get(id) ?? stampOf(catalog.getEntityByRef(id));
      if (stamp === undefined) continue;
      stamps.set(id, stamp);
      sources.push({ id, stamp });
      await slices.pause();
    }
    return sources;
  }

  async collate(ref: string, signal: AbortSignal): Promise<readonly SearchDocument[]> {
    const entity = await this.#deps.catalog.loadEntity(ref);
    signal.throwIfAborted();
    if (!entity || !isDefined(entity)) return [];
    const { definitions, apiDocuments } = await this.#load();
    const outline = await definitions.outlineOf(entity, signal);
    if (!outline) return [];
    const making = apiDocuments(entity, outline, this.#deps.translate);
    const documents = await runInSlices(making, signal);
    signal.throwIfAborted();
    return documents ?? [];
  }

  async locate(
    { id, ref }: SearchDocument,
    signal: AbortSignal,
  ): Promise<SearchLocation | undefined> {
    if (ref === undefined) return undefined;
    // Results are often of the same API, and remain valid for the next letter.
    let looking = this.#looking.get(ref);
    if (!looking) {
      looking = this.#placesIn(ref).finally(() => this.#looking.delete(ref));
      this.#looking.set(ref, looking);
    }
    const places = await looking;
    signal.throwIfAborted();
    return places.get(id);
  }

  async #placesIn(ref: string): Promise<Places> {
    const { definitions, placesOf } = await this.#load();
    const state = await definitions.stateOf(ref);
    const known = this.#places.get(ref);
    this.#places.delete(ref);
    if (state === undefined) return new Map();
    let places = known?.places;
    if (!places || known?.state !== state) {
      const outline = (await definitions.load(ref))?.outline;
      places = outline ? placesOf(outline) : new Map<string, SearchLocation>();
    }
    this.#places.set(ref, { state, places });
    for (const oldest of [...this.#places.keys()].slice(0, -MOST_PLACES)) {
      this.#places.delete(oldest);
    }
    return places;
  }

  /** Loads the reader of definitions on demand, because it is large. */
  #load = onDemand(async () => {
    const [{ ApiDefinitions }, { apiDocuments, placesOf }] = await Promise.all([
      import('../definitions/apiDefinitions'),
      import('./apiDocuments'),
    ]);
    const definitions = new ApiDefinitions({ ...this.#deps, isChecked: false });
    return { definitions, apiDocuments, placesOf };
  });

  #fireChanges(entityRefs: ReadonlySet<string>): void {
    const stamps = this.#stamps;
    if (!stamps) return;
    const touched = [...entityRefs].filter(isApi);
    const { catalog } = this.#deps;
    const sources = new Set(
      touched.filter(ref => {
        const before = stamps.get(ref);
        stamps.delete(ref);
        if (touched.length > FEW_CHANGES) return true;
        const after = stampOf(catalog.getEntityByRef(ref));
        if (after !== undefined) stamps.set(ref, after);
        return after !== before;
      }),
    );
    if (sources.size) this.#changed.fire({ sources });
  }
}

/**
 * Returns a stamp that changes with an API's documents; the catalog has the start and a hash of long definitions.
 * Undefined for an API without any.
 */
function stampOf(entity: Entity | undefined): string | undefined {
  if (!entity || !isDefined(entity)) return undefined;
  const { definition, remotes } = entity.spec ?? {};
  const inputs = [entityTitle(entity), entityFacets(entity), definition, remotes];
  return hashText(JSON.stringify(inputs));
}
