import type { CatalogMode, CatalogProcessor } from '../../../../api';
import { type Disposable, isWithin, type Logger, onDemand } from '../../../../base';
import type { BlobStore, Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import type { BackstageUrls } from '../configuredBackstage/urls/servedUrls';
import { type LoadedSchemas, noSchemas } from '../customKinds/kindSchemas';
import type { CatalogOptions } from '../options';
import type { ForgesOfHosts } from '../repository/repositories';
import { SavedCatalog, type SnapshotSubject } from '../snapshot/savedCatalog';
import {
  type CatalogIndex,
  type CatalogRoot,
  type IndexOptions,
  type IndexSession,
  type IndexState,
  isRestorable,
  type RestorableIndex,
} from '../workspace/catalogIndex';
import type { KnownFile } from '../workspace/files/knownFiles';

interface CatalogReadingDeps extends CreateIndexDeps {
  readonly options: CatalogOptions;
  /** Where the catalog is written down for the next start; without it, every start is the first. */
  readonly snapshot: { readonly store: BlobStore; readonly version: string } | undefined;
}

/** What came of reading. */
export interface ReadState {
  readonly state: IndexState;
  /** URIs of schemas about which something else may be to be said; undefined where nobody looked at them. */
  readonly schemaFiles: ReadonlySet<string> | undefined;
}

/**
 * What of the workspace is read, and by which rules: folders, settings, schemas and processors, and the index that they
 * make. New ones take effect with the next refresh. One reading at a time; the caller queues them.
 */
export class CatalogReading implements Disposable {
  roots: readonly CatalogRoot[] = [];
  options: CatalogOptions;
  processors: readonly CatalogProcessor[] = [];
  /** The Backstage whose catalog is wanted; undefined: what discovery finds. */
  wanted: BackstageSetup | undefined;
  readonly #deps: CatalogReadingDeps;
  readonly #saved: SavedCatalog | undefined;
  /** What the index was last read from its beginning to its end with. */
  #subject: SnapshotSubject | undefined;
  /** The one whose catalog this is. */
  #backstage: BackstageSetup | undefined;
  /** Undefined before the first refresh. */
  #index: CatalogIndex | undefined;
  #schemas: LoadedSchemas = noSchemas;

  constructor(deps: CatalogReadingDeps) {
    this.#deps = deps;
    this.options = deps.options;
    this.#saved = deps.snapshot && new SavedCatalog({ ...deps, ...deps.snapshot });
  }

  get index(): CatalogIndex | undefined {
    return this.#index;
  }

  get mode(): CatalogMode {
    return this.#backstage ? 'backstage' : 'discovered';
  }

  /** The JSON schemas of custom kinds, as they are in use. */
  get schemas(): LoadedSchemas {
    return this.#schemas;
  }

  /** A session by the rules of the catalog that is shown. */
  session(): IndexSession {
    return this.#createSession(this.#backstage, this.#schemas);
  }

  /**
   * Reads everything. When it rejects, everything is as it was before.
   *
   * @param showSaved - where this is the first time: shows what was there at the last start, while the rest is read
   */
  async refresh(
    options: IndexOptions,
    showSaved: ((state: IndexState) => Promise<void>) | undefined,
  ): Promise<ReadState> {
    const { wanted } = this;
    const index =
      (wanted === this.#backstage ? this.#index : undefined) ??
      (await createIndex(wanted, this.#deps));
    const schemas = await this.#loadSchemas();
    const subject = { roots: this.roots, session: this.#createSession(wanted, schemas) };
    const known = showSaved && (await this.#restore(index, subject, { ...options, showSaved }));
    const state = await this.#readAll(index, subject, { ...options, known });
    const schemaFiles = this.#useSchemas(schemas);
    this.#index = index;
    this.#backstage = wanted;
    return { state, schemaFiles };
  }

  /** Takes up changes of files and folders. Undefined before the first refresh. */
  async applyChanges(
    changes: readonly FileChange[],
    options: IndexOptions,
  ): Promise<ReadState | undefined> {
    const index = this.#index;
    if (!index) return undefined;
    const touchesSchemas = changes.some(({ uri }) =>
      [...this.#schemas.dependencies].some(dependency => isWithin(uri, dependency)),
    );
    const schemaFiles = touchesSchemas ? this.#useSchemas(await this.#loadSchemas()) : undefined;
    const state =
      (touchesSchemas ? undefined : await index.applyChanges(changes, this.session(), options)) ??
      (await this.#readAll(index, { roots: this.roots, session: this.session() }, options));
    return { state, schemaFiles };
  }

  /** Writes down for the next start what the files gave, where that can be. */
  async save(): Promise<void> {
    this.#saved?.cancel();
    const index = this.#index;
    const subject = this.#subject;
    if (!this.#saved || !index || !subject) return;
    if (this.#canSave(index) && this.#isCurrent(subject)) await this.#saved.save(subject, index);
  }

  /** Does so when nothing has changed for a while. */
  saveLater(save: () => Promise<void>): void {
    this.#saved?.saveLater(save);
  }

  dispose(): void {
    this.#saved?.dispose();
  }

  #createSession(backstage: BackstageSetup | undefined, schemas: LoadedSchemas): IndexSession {
    return createIndexSession({
      options: this.options,
      processors: this.processors,
      fileSystem: this.#deps.fileSystem,
      schemas,
      backstage,
    });
  }

  async #readAll(
    index: CatalogIndex,
    subject: SnapshotSubject,
    options: IndexOptions,
  ): Promise<IndexState> {
    const state = await index.refresh(subject.roots, subject.session, options);
    this.#subject = subject;
    return state;
  }

  /** @returns the files that need not be read again */
  async #restore(
    index: CatalogIndex,
    subject: SnapshotSubject,
    {
      showSaved,
      ...options
    }: IndexOptions & { readonly showSaved: (state: IndexState) => Promise<void> },
  ): Promise<ReadonlyMap<string, KnownFile> | undefined> {
    if (!this.#saved || !this.#canSave(index)) return undefined;
    const show = async (state: IndexState): Promise<void> => {
      // From here on it is asked for the paths of files, and for long texts.
      this.#index = index;
      await showSaved(state);
    };
    return this.#saved.restore(subject, index, { ...options, show });
  }

  /** Not where settings changed and were not read with yet: some files may be by these, some by those. */
  #isCurrent({ roots, session }: SnapshotSubject): boolean {
    return (
      roots === this.roots &&
      session.options === this.options &&
      session.processors === this.processors &&
      session.kindSchemas === this.#schemas.schemas
    );
  }

  /** What plugins do to a file, or a server's rules, is not known before the next start. */
  #canSave(index: CatalogIndex): index is RestorableIndex {
    return isRestorable(index) && !this.processors.length;
  }

  #loadSchemas(): Promise<LoadedSchemas> {
    const { fileSystem } = this.#deps;
    return loadSchemas(this.options, { roots: this.roots, fileSystem });
  }

  /** @returns URIs of those about which something else may be to be said */
  #useSchemas(schemas: LoadedSchemas): ReadonlySet<string> {
    const problems = [...this.#schemas.problems, ...schemas.problems];
    this.#schemas = schemas;
    return new Set(problems.flatMap(({ file }) => file ?? []));
  }
}

interface CreateIndexDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Reads files of other machines, as a Backstage does; undefined: nothing is read. */
  readonly urls: BackstageUrls | undefined;
  /** Kinds of forges by host, where the names of hosts don't tell. */
  readonly forges: ForgesOfHosts | undefined;
}

/**
 * The index of what is wanted: what discovery finds, or what a Backstage with this setup would hold.
 * Loaded when it is wanted, so that a window is there before its catalog is.
 */
async function createIndex(
  setup: BackstageSetup | undefined,
  { urls, forges, ...deps }: CreateIndexDeps,
): Promise<CatalogIndex> {
  if (setup) {
    const { BackstageIndex } = await import('../configuredBackstage/backstageIndex');
    return new BackstageIndex({ ...deps, setup, openUrls: urls?.open.bind(urls) });
  }
  const { WorkspaceIndex } = await import('../workspace/workspaceIndex');
  return new WorkspaceIndex({ ...deps, forges });
}

/** What the files of one refresh or change are read with. */
export function createIndexSession({
  options,
  processors,
  schemas: { schemas: kindSchemas },
  fileSystem,
  backstage,
}: {
  options: CatalogOptions;
  processors: readonly CatalogProcessor[];
  schemas: LoadedSchemas;
  fileSystem: FileSystem;
  backstage: BackstageSetup | undefined;
}): IndexSession {
  const reader = onDemand(async () => {
    const { DescriptorReader } = await import('../reading/descriptorReader');
    return DescriptorReader.open(
      // A server gives owners to what it reads by URL, which its catalog here does not.
      backstage ? { ...options, ownerFromCodeowners: false } : options,
      { fileSystem, processors, kindSchemas, aiModel: backstage?.aiModel },
    );
  });
  return { options, processors, kindSchemas, reader };
}

/** What the schema files of the custom kinds give, where any are named. */
async function loadSchemas(
  { customKinds }: CatalogOptions,
  { roots, fileSystem }: { roots: readonly CatalogRoot[]; fileSystem: FileSystem },
): Promise<LoadedSchemas> {
  if (!customKinds.some(({ schema }) => schema !== undefined)) return noSchemas;
  const { loadKindSchemas } = await import('../customKinds/loadCustomKinds');
  return loadKindSchemas(customKinds, { roots: roots.map(({ uri }) => uri), fileSystem });
}
