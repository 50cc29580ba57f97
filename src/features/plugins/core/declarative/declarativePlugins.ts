import type { CatalogService, Entity, ProblemSource } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Event,
  isWithin,
  joinUri,
  type Logger,
  mapConcurrently,
  SerialQueue,
  toDisposable,
} from '../../../../base';
import type { Problem } from '../../../../model';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { isCodeOnly } from '../pluginModule';
import type { PluginHost } from '../pluginHost';
import { DataFiles } from './dataFiles';
import {
  type DeclaredContributions,
  declaredContributions,
  type DeclaredContributionsDeps,
} from './declaredContributions';
import { contentOf } from './declaredContent';
import { DeclaredValues } from './declaredValues';
import { type DataUse, dataUses, folderOf } from './declaredViews';
import { type DeclaredPlugin, PluginFiles, pluginProblem } from './pluginFiles';

/** Number of data files to read at a time. */
const AT_ONCE = 16;

export interface DeclarativePluginsDeps extends Omit<DeclaredContributionsDeps, 'data'> {
  readonly host: Pick<PluginHost, 'register' | 'whenSettled'>;
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
}

/** Folders to read plugins from, by URI. */
export interface PluginPlaces {
  /** Workspace folders. */
  readonly roots: readonly string[];
  /** Folders of extensions, and others that the user names. */
  readonly folders: readonly string[];
}

interface RunningPlugin {
  readonly declared: DeclaredPlugin;
  readonly contributions: DeclaredContributions;
  readonly registration: Disposable;
}

/**
 * Plugins without code: reads their declarations, registers what they contribute, and reports their
 * problems. Changes of the files replace the contributions.
 */
export class DeclarativePlugins implements ProblemSource, Disposable {
  readonly #deps: DeclarativePluginsDeps;
  readonly #data: DataFiles;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<ReadonlySet<string>>());
  readonly #queue = new SerialQueue();
  #places: PluginPlaces = { roots: [], folders: [] };
  #found: ReadonlySet<string> = new Set();
  #running = new Map<string, RunningPlugin>();
  #dependencies: ReadonlySet<string> = new Set();
  #declarationProblems: readonly Problem[] = [];
  #dataProblems: readonly Problem[] = [];
  #isChecking = false;
  /** Number of data files that contributions know. */
  #knownReads = 0;
  #checked: Promise<void> = Promise.resolve();

  readonly #pluginsChanged = this.#store.add(new Emitter<void>());

  readonly onDidChangeProblems: Event<ReadonlySet<string>> = this.#changed.event;
  /** Fires when the declarations were read again. */
  readonly onDidChangePlugins: Event<void> = this.#pluginsChanged.event;

  constructor(deps: DeclarativePluginsDeps) {
    this.#deps = deps;
    this.#data = this.#store.add(new DataFiles(deps.fileSystem));
    this.#store.add(this.#data.onDidChange(() => this.#checkSoon()));
    this.#store.add(
      deps.catalog.onDidChange(() => {
        if (this.#usesData) this.#checkSoon();
      }),
    );
  }

  /** All problems. */
  get problems(): readonly Problem[] {
    return [...this.#declarationProblems, ...this.#dataProblems];
  }

  /** The declared plugins that are registered. */
  get plugins(): readonly DeclaredPlugin[] {
    return [...this.#running.values()].map(({ declared }) => declared);
  }

  /** Whether a folder of {@link PluginPlaces} has a plugin, valid or not. */
  hasPlugin(folder: string): boolean {
    return this.#found.has(folder);
  }

  getProblems(file: string): readonly Problem[] {
    return this.problems.filter(problem => problem.file === file);
  }

  /** Reads the plugins in these places instead of the previous ones. */
  async setPlaces(places: PluginPlaces): Promise<void> {
    this.#places = places;
    await this.#queue.run(() => this.#read());
  }

  /** Applies changes of files. */
  async applyChanges(changes: readonly FileChange[]): Promise<void> {
    const touches = (uri: string): boolean =>
      [...this.#dependencies].some(file => isWithin(uri, file) || isWithin(file, uri));
    this.#data.applyChanges(changes);
    for (const { contributions } of this.#running.values()) contributions.applyChanges(changes);
    if (changes.some(({ uri }) => touches(uri))) await this.#queue.run(() => this.#read());
  }

  /** Fires `onDidChangeProblems` for all problems, for a listener that has just been added. */
  reportAll(): void {
    const files = new Set(this.problems.flatMap(({ file }) => file ?? []));
    if (files.size) this.#changed.fire(files);
  }

  /** Shows everything again, after the workspace has become trusted. */
  trustChanged(): void {
    for (const { contributions } of this.#running.values()) contributions.dataChanged();
  }

  /** Resolves when the data files of all entities are read. */
  async whenChecked(): Promise<void> {
    await this.#queue.run(() => Promise.resolve());
    await this.#deps.host.whenSettled();
    await this.#checked;
  }

  dispose(): void {
    for (const { registration } of this.#running.values()) registration.dispose();
    this.#running.clear();
    this.#store.dispose();
  }

  get #usesData(): boolean {
    return this.plugins.some(({ declaration }) => dataUses(declaration).length > 0);
  }

  async #read(): Promise<void> {
    if (this.#store.isDisposed) return;
    const { roots, folders } = this.#places;
    const files = new PluginFiles(this.#deps.fileSystem);
    for (const root of roots) await files.readRoot(root);
    const found = new Set<string>();
    for (const folder of folders) {
      if (await files.readFolder(folder, 'extension')) found.add(folder);
    }
    this.#found = found;
    if (this.#store.isDisposed) return;
    this.#dependencies = files.dependencies;
    const problems = [...files.problems];
    const before = this.#running;
    const ids = new Map<string, DeclaredPlugin>();
    for (const declared of files.plugins) {
      const { id } = declared.declaration;
      const first = ids.get(id);
      if (!first) ids.set(id, declared);
      else if (first.file !== declared.file)
        problems.push(idProblem(declared, `Plugin "${id}" is already declared`));
    }
    this.#running = new Map();
    for (const [id, running] of before) {
      const declared = ids.get(id);
      const isSame =
        declared?.file === running.declared.file &&
        JSON.stringify(declared.declaration) === JSON.stringify(running.declared.declaration);
      if (isSame) this.#running.set(id, { ...running, declared });
      else running.registration.dispose();
    }
    for (const [id, declared] of ids) {
      if (this.#running.has(id)) continue;
      const contributions = declaredContributions(declared, { ...this.#deps, data: this.#data });
      try {
        const registration = isCodeOnly(declared.declaration)
          ? toDisposable(() => {})
          : this.#deps.host.register(contributions.plugin, {
              origin: declared.origin,
              manifest: declared.file,
            });
        this.#running.set(id, { declared, contributions, registration });
      } catch (error) {
        problems.push(idProblem(declared, errorMessage(error)));
      }
    }
    await this.#deps.host.whenSettled();
    this.#pluginsChanged.fire();
    const reported = [...this.#declarationProblems, ...problems].flatMap(({ file }) => file ?? []);
    this.#declarationProblems = problems;
    if (reported.length) this.#changed.fire(new Set(reported));
    this.#checkSoon();
  }

  #checkSoon(): void {
    if (this.#isChecking || this.#store.isDisposed) return;
    this.#isChecking = true;
    this.#checked = this.#queue.run(async () => {
      this.#isChecking = false;
      await this.#check();
    });
    this.#checked.catch((error: unknown) =>
      this.#deps.logger.error("Can't read the data of plugins", error),
    );
  }

  /** Reads the data files of all entities, for groupings and problems. */
  async #check(): Promise<void> {
    const { catalog } = this.#deps;
    const found = new Map<string, Problem>();
    for (const { declared } of this.#running.values()) {
      for (const use of dataUses(declared.declaration)) {
        const entities = catalog.getEntities(use.when ? { where: use.when } : {});
        await mapConcurrently(entities, AT_ONCE, async entity => {
          for (const problem of await this.#problemsOfData(entity, use, declared)) {
            const { file, message, range } = problem;
            found.set(JSON.stringify([file, message, range]), problem);
          }
        });
        if (this.#store.isDisposed) return;
      }
    }
    const problems = [...found.values()];
    const isSame = JSON.stringify(problems) === JSON.stringify(this.#dataProblems);
    const files = new Set([...this.#dataProblems, ...problems].flatMap(({ file }) => file ?? []));
    this.#dataProblems = problems;
    if (!isSame) this.#changed.fire(files);
    if (this.#knownReads === this.#data.reads) return;
    this.#knownReads = this.#data.reads;
    for (const { contributions } of this.#running.values()) contributions.dataChanged();
  }

  async #problemsOfData(
    entity: Entity,
    use: DataUse,
    { declaration }: DeclaredPlugin,
  ): Promise<readonly Problem[]> {
    const { catalog } = this.#deps;
    const folder = folderOf(entity, catalog);
    if (folder === undefined) return [];
    const reading = await this.#data.load(folder, use.file);
    if (!reading.ok) {
      const { message, range } = reading.error;
      return [pluginProblem('plugin-data', message, { file: joinUri(folder, use.file), range })];
    }
    const data = reading.value;
    if (!data) return [];
    const values = new DeclaredValues({ entity, data, isAllowed: () => true });
    if (use.content) contentOf(use.content, values, catalog);
    for (const value of use.values ?? []) values.scalar(value);
    return values.missing.map(path =>
      pluginProblem(
        'plugin-data',
        `There is no ${JSON.stringify(path.join('.'))}, which "${use.title}" of the plugin ${declaration.id} shows`,
        { file: data.uri, range: data.locate(path) },
      ),
    );
  }
}

function idProblem({ file, locate }: DeclaredPlugin, message: string): Problem {
  return pluginProblem('invalid-plugin', message, { file, range: locate(['id']) });
}
