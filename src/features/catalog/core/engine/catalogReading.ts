import type { CatalogMode, CatalogProcessor } from '../../../../api';
import { type Disposable, isWithin, type Logger, onDemand } from '../../../../base';
import type { Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import type { FindPluginLayers } from '../../../plugins/core';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import type { BackstageUrls } from '../configuredBackstage/urls/servedUrls';
import { type LoadedModel, noModel } from '../modelLayers/modelData';
import type { CatalogOptions } from '../options';
import type { ForgesOfHosts } from '../repository/repositories';
import type { SavedCatalog, Snapshot, SnapshotSubject } from '../snapshot';
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
  /** Undefined: plugins have no layers. */
  readonly findPluginLayers: FindPluginLayers | undefined;
  readonly options: CatalogOptions;
  /** Store for the next session's start; without it, every session reads all files. */
  readonly snapshot: Snapshot | undefined;
}

/** Result of reading. */
export interface ReadState {
  readonly state: IndexState;
  /** URIs of the model's files whose problems may have changed; undefined if they weren't read. */
  readonly modelFiles: ReadonlySet<string> | undefined;
}

/**
 * Reads the workspace with its folders, settings, schemas and processors, and owns the resulting
 * index. New settings take effect on the next refresh. Callers must run one read at a time.
 */
export class CatalogReading implements Disposable {
  roots: readonly CatalogRoot[] = [];
  options: CatalogOptions;
  processors: readonly CatalogProcessor[] = [];
  /** Requested Backstage; undefined for discovery. */
  wanted: BackstageSetup | undefined;
  readonly #deps: CatalogReadingDeps;
  readonly #saved: SavedCatalog | undefined;
  /** Settings of the last complete read. */
  #subject: SnapshotSubject | undefined;
  /** Backstage of the current index. */
  #backstage: BackstageSetup | undefined;
  /** Undefined before the first refresh. */
  #index: CatalogIndex | undefined;
  #model: LoadedModel = noModel;

  constructor(deps: CatalogReadingDeps) {
    this.#deps = deps;
    this.options = deps.options;
    this.#saved = deps.snapshot?.(deps);
  }

  get index(): CatalogIndex | undefined {
    return this.#index;
  }

  get mode(): CatalogMode {
    return this.#backstage ? 'backstage' : 'discovered';
  }

  /** The organization's model in use. */
  get model(): LoadedModel {
    return this.#model;
  }

  /** Creates a session with the current catalog's settings. */
  session(): IndexSession {
    return this.#createSession(this.#backstage, this.#model);
  }

  /**
   * Reads all files. When it rejects, the state is unchanged.
   *
   * @param showSaved - on the first refresh, shows the previous session's state while files are
   * read
   */
  async refresh(
    options: IndexOptions,
    showSaved: ((state: IndexState) => Promise<void>) | undefined,
  ): Promise<ReadState> {
    const { wanted } = this;
    const index =
      (wanted === this.#backstage ? this.#index : undefined) ??
      (await createIndex(wanted, this.#deps));
    const model = await this.#loadModel();
    const subject = { roots: this.roots, session: this.#createSession(wanted, model) };
    const known = showSaved && (await this.#restore(index, subject, { ...options, showSaved }));
    const state = await this.#readAll(index, subject, { ...options, known });
    const modelFiles = this.#useModel(model);
    this.#index = index;
    this.#backstage = wanted;
    return { state, modelFiles };
  }

  /** Applies changes of files and folders. Returns undefined before the first refresh. */
  async applyChanges(
    changes: readonly FileChange[],
    options: IndexOptions,
  ): Promise<ReadState | undefined> {
    const index = this.#index;
    if (!index) return undefined;
    const touchesModel = changes.some(({ uri }) =>
      [...this.#model.dependencies].some(
        dependency => isWithin(uri, dependency) || isWithin(dependency, uri),
      ),
    );
    const modelFiles = touchesModel ? this.#useModel(await this.#loadModel()) : undefined;
    const state =
      (touchesModel ? undefined : await index.applyChanges(changes, this.session(), options)) ??
      (await this.#readAll(index, { roots: this.roots, session: this.session() }, options));
    return { state, modelFiles };
  }

  /** Saves the read files for the next session's start, if possible. */
  async save(): Promise<void> {
    this.#saved?.cancel();
    const index = this.#index;
    const subject = this.#subject;
    if (!this.#saved || !index || !subject) return;
    if (this.#canSave(index) && this.#isCurrent(subject)) await this.#saved.save(subject, index);
  }

  /** Saves after a period without changes. */
  saveLater(save: () => Promise<void>): void {
    this.#saved?.saveLater(save);
  }

  dispose(): void {
    this.#saved?.dispose();
  }

  #createSession(backstage: BackstageSetup | undefined, model: LoadedModel): IndexSession {
    return createIndexSession({
      options: this.options,
      processors: this.processors,
      fileSystem: this.#deps.fileSystem,
      model,
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

  /**
   * Restores the previous session's state.
   *
   * @returns the files that need not be read again
   */
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
      // From here on, the index is used for file paths and long texts.
      this.#index = index;
      await showSaved(state);
    };
    return this.#saved.restore(subject, index, { ...options, show });
  }

  /** Whether the settings are unchanged since the last read; otherwise, files may be read with either. */
  #isCurrent({ roots, session }: SnapshotSubject): boolean {
    return (
      roots === this.roots &&
      session.options === this.options &&
      session.processors === this.processors &&
      session.model === this.#model.data
    );
  }

  /**
   * Whether the index can be restored: effects of plugins and of a server's rules can't be known
   * before the next start.
   */
  #canSave(index: CatalogIndex): index is RestorableIndex {
    return isRestorable(index) && !this.processors.length;
  }

  async #loadModel(): Promise<LoadedModel> {
    const { loadCurrentModel } = await import('../modelLayers/loadCurrentModel');
    const { fileSystem, findPluginLayers } = this.#deps;
    const { roots, wanted } = this;
    const aiModel = wanted?.aiModel ?? true;
    return loadCurrentModel(this.options, { roots, fileSystem, aiModel, findPluginLayers });
  }

  /**
   * Replaces the model.
   *
   * @returns URIs of the model's files whose problems may have changed
   */
  #useModel(model: LoadedModel): ReadonlySet<string> {
    const problems = [...this.#model.problems, ...model.problems];
    // Equal data keeps its identity, so that files aren't read again.
    const isSame = JSON.stringify(model.data) === JSON.stringify(this.#model.data);
    this.#model = isSame ? { ...model, data: this.#model.data } : model;
    return new Set(problems.flatMap(({ file }) => file ?? []));
  }
}

interface CreateIndexDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Content of remote files that a Backstage reads; undefined: they aren't read. */
  readonly urls: BackstageUrls | undefined;
  /** Kinds of Git hosts whose names don't tell. */
  readonly forges: ForgesOfHosts | undefined;
}

/**
 * Creates an index: of discovered files, or of a Backstage with this setup. Loaded on demand to
 * start the window faster.
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

/** Creates the session for reading the files of one refresh or change. */
export function createIndexSession({
  options,
  processors,
  model: { data: model },
  fileSystem,
  backstage,
}: {
  options: CatalogOptions;
  processors: readonly CatalogProcessor[];
  model: LoadedModel;
  fileSystem: FileSystem;
  backstage: BackstageSetup | undefined;
}): IndexSession {
  const reader = onDemand(async () => {
    const { DescriptorReader } = await import('../reading/descriptorReader');
    return DescriptorReader.open(
      // A server assigns owners only to files that it reads by URL, which this catalog doesn't.
      backstage ? { ...options, ownerFromCodeowners: false } : options,
      { fileSystem, processors, model, aiModel: backstage?.aiModel },
    );
  });
  return { options, processors, model, reader };
}
