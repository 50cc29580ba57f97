import type {
  CatalogService,
  Entity,
  FilesService,
  SearchChangeEvent,
  SearchCollator,
  SearchDocument,
  SearchLocation,
  SearchSource,
} from '../../../api';
import {
  type Disposable,
  Emitter,
  hashText,
  inSlices,
  onDemand,
  type Translate,
  WorkSlices,
} from '../../../base';
import { entityFacets, entityTitle, kindIcon } from '../../../model/presentation';
import { isDefined } from '../isDefined';
import { isApi } from '../openApis';

export interface ApisCollatorDeps {
  readonly catalog: CatalogService;
  readonly files: Pick<FilesService, 'readFile'>;
  readonly translate: Translate;
}

/** Of more that change at once, it is not looked at each whether it says something else. */
const FEW_CHANGES = 50;

/** What APIs can do: each API is a source, and each of its operations and types a document. */
export class ApisCollator implements SearchCollator, Disposable {
  readonly id = 'apis';
  readonly title: string;
  readonly icon = kindIcon('API');
  /** An API comes before its parts. */
  readonly weight = 0.85;
  readonly onDidChange: SearchCollator['onDidChange'];
  #deps: ApisCollatorDeps;
  #changed = new Emitter<SearchChangeEvent>();
  #subscription: Disposable;
  /** By ref; undefined until somebody has asked. */
  #stamps: Map<string, string> | undefined;

  constructor(deps: ApisCollatorDeps) {
    this.#deps = deps;
    this.title = deps.translate('APIs');
    this.onDidChange = this.#changed.event;
    this.#subscription = deps.catalog.onDidChange(({ entityRefs }) => this.#tell(entityRefs));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async getSources(signal: AbortSignal): Promise<readonly SearchSource[]> {
    const { catalog } = this.#deps;
    signal.throwIfAborted();
    const stamps = (this.#stamps ??= new Map<string, string>());
    const slices = new WorkSlices();
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
    const documents = await inSlices(making, signal);
    signal.throwIfAborted();
    return documents ?? [];
  }

  async locate(
    { id, ref }: SearchDocument,
    signal: AbortSignal,
  ): Promise<SearchLocation | undefined> {
    if (ref === undefined) return undefined;
    const { definitions, findPart } = await this.#load();
    const outline = (await definitions.load(ref, signal))?.outline;
    const target = outline && findPart(outline, id)?.target;
    if (target?.type !== 'source') return undefined;
    // What providers bring is in no file.
    const { file, range } = target;
    return file === '' ? undefined : { file, ...(range && { range }) };
  }

  /** What reads definitions is large. */
  #load = onDemand(async () => {
    const [{ ApiDefinitions }, { apiDocuments, findPart }] = await Promise.all([
      import('../apiDefinitions'),
      import('./apiDocuments'),
    ]);
    const definitions = new ApiDefinitions({ ...this.#deps, isChecked: false });
    return { definitions, apiDocuments, findPart };
  });

  #tell(entityRefs: ReadonlySet<string>): void {
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
 * Changes with what is found of an API: of a long definition, the catalog has the beginning and a hash of all of it.
 * Undefined for what says nothing.
 */
function stampOf(entity: Entity | undefined): string | undefined {
  if (!entity || !isDefined(entity)) return undefined;
  const { definition, remotes } = entity.spec ?? {};
  const said = [entityTitle(entity), entityFacets(entity), definition, remotes];
  return hashText(JSON.stringify(said));
}
