import {
  type CatalogService,
  dirnameUri,
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  getOrInsert,
  isWithin,
  kindOrder,
  relativePath,
} from '../../../api';

/** Kinds of entities that represent the code around their descriptor, unlike users, groups and Locations. */
const kindsOfCode: ReadonlySet<string> = new Set([
  'component',
  'api',
  'resource',
  'system',
  'template',
  'airesource',
]);

/** Number of entities placed before yielding the thread. */
const SLICE = 1000;

export interface EntityPlacesDeps {
  readonly catalog: CatalogService;
  /** Runs a function soon. */
  schedule(run: () => void): void;
}

/** Finds entities by folder: from a code file to the entity that it belongs to. */
export class EntityPlaces implements Disposable {
  #deps: EntityPlacesDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<ReadonlySet<string>>());
  #folderOf = new Map<string, string>();
  #refsIn = new Map<string, Set<string>>();
  #pending: string[];
  #scheduled = false;

  /** Fires with the folders whose entities changed. */
  readonly onDidChange: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(deps: EntityPlacesDeps) {
    this.#deps = deps;
    this.#pending = [...deps.catalog.getEntityRefs()];
    this.#store.add(
      deps.catalog.onDidChange(({ entityRefs }) => {
        for (const ref of entityRefs) this.#pending.push(ref);
        this.#schedule();
      }),
    );
    this.#schedule();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Returns the entities that represent the code in a folder with descriptors, most relevant first. */
  entitiesIn(folder: string): readonly string[] {
    return this.#codeEntitiesOf([...(this.#refsIn.get(folder) ?? [])]);
  }

  /** Returns the same for the descriptors in a file. */
  entitiesOfFile(file: string): readonly string[] {
    return this.#codeEntitiesOf(this.#deps.catalog.getEntityRefsInFile(file));
  }

  /** Returns the files in a folder with entities that represent code. */
  filesIn(folder: string): ReadonlySet<string> {
    return new Set(
      this.entitiesIn(folder).flatMap(ref => this.#deps.catalog.getEntitySource(ref)?.file ?? []),
    );
  }

  /**
   * Returns the entities of the nearest folder above a file, up to its workspace folder. If a
   * descriptor covers several folders, entities named like a folder of the file are first.
   */
  entitiesAround(file: string, root: string): readonly string[] {
    for (let folder = dirnameUri(file); isWithin(root, folder); folder = dirnameUri(folder)) {
      const refs = this.entitiesIn(folder);
      if (refs.length) return sortBy(refs, foldersBetween(folder, file));
      if (folder === root) break;
    }
    return [];
  }

  #codeEntitiesOf(refs: readonly string[]): readonly string[] {
    return refs
      .filter(ref => kindsOfCode.has(kindOf(ref)))
      .sort((a, b) => kindOrder(kindOf(a)) - kindOrder(kindOf(b)) || this.#compareByPlace(a, b));
  }

  /** Compares by file, then by position in the file. */
  #compareByPlace(a: string, b: string): number {
    const { catalog } = this.#deps;
    const [one, other] = [catalog.getEntitySource(a), catalog.getEntitySource(b)];
    if (!one || !other) return 0;
    if (one.file !== other.file) return one.file < other.file ? -1 : 1;
    return one.document - other.document;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#pending.length) return;
    this.#scheduled = true;
    this.#deps.schedule(() => {
      this.#scheduled = false;
      if (this.#store.isDisposed) return;
      const folders = new Set<string>();
      for (const ref of this.#pending.splice(0, SLICE)) this.#place(ref, folders);
      if (folders.size) this.#changed.fire(folders);
      this.#schedule();
    });
  }

  #place(ref: string, changed: Set<string>): void {
    const file = this.#deps.catalog.getEntitySource(ref)?.file;
    const folder = file === undefined ? undefined : dirnameUri(file);
    const before = this.#folderOf.get(ref);
    if (before !== undefined) changed.add(before);
    if (before !== undefined && before !== folder) {
      const refs = this.#refsIn.get(before);
      refs?.delete(ref);
      if (!refs?.size) this.#refsIn.delete(before);
      this.#folderOf.delete(ref);
    }
    if (folder === undefined) return;
    changed.add(folder);
    this.#folderOf.set(ref, folder);
    getOrInsert(this.#refsIn, folder, () => new Set()).add(ref);
  }
}

/** Returns the names of the folders between a folder and a file, innermost first. */
function foldersBetween(folder: string, file: string): readonly string[] {
  const path = relativePath(folder, file)?.toLowerCase().split('/') ?? [];
  return path.slice(0, -1).reverse();
}

function sortBy(refs: readonly string[], names: readonly string[]): readonly string[] {
  const rank = (ref: string): number => {
    const at = names.indexOf(ref.slice(ref.indexOf('/') + 1));
    return at === -1 ? names.length : at;
  };
  return [...refs].sort((a, b) => rank(a) - rank(b));
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}
