import { basenameUri, Emitter, type Logger } from '../../base';
import {
  type BackstageSetup,
  CatalogEngine,
  type CatalogOptions,
  type CatalogWorkers,
} from '../../core/catalog';
import { CatalogFeed } from '../../core/catalogFeed';
import { ChangeQueue, OverlayFileSystem } from '../../core/files';
import type { Clock, FileChange, FileSystem } from '../../core/ports';
import { MirrorCatalog } from '../../language';
import { KindRegistry } from '../../model/validation';
import type { CatalogSource } from '../catalogSource';
import type { OpenTexts } from '../openTexts';
import type { ServerSettings } from '../serverSettings';

/** In milliseconds, as in the editor. */
const FEW_CHANGES = { quiet: 40, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;

/** What the settings of some folders say of their catalog. */
export interface CatalogSettings {
  readonly options: CatalogOptions;
  /** Undefined where the catalog is what is discovered. */
  readonly backstage: Pick<BackstageSetup, 'configs' | 'aiModel'> | undefined;
}

export interface WorkspaceCatalogDeps {
  readonly texts: OpenTexts;
  readonly settings: ServerSettings;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers?: CatalogWorkers;
  /** Adds what is on other machines. */
  readonly connectSources?: (engine: Pick<CatalogEngine, 'addSource'>) => void;
  /** @param roots - URIs of folders */
  readonly readSettings: (roots: readonly string[]) => Promise<CatalogSettings>;
}

/** The catalog of the client's workspace folders, read by the server itself. */
export class WorkspaceCatalog implements CatalogSource {
  readonly view = new MirrorCatalog();
  #deps: WorkspaceCatalogDeps;
  #engine: CatalogEngine;
  #queue: ChangeQueue;
  #feed: CatalogFeed | undefined;
  #opening: Promise<void> = Promise.resolve();
  #configs: readonly string[] = [];
  #onDidSettle = new Emitter<ReadonlySet<string>>();

  readonly onDidSettle = this.#onDidSettle.event;

  constructor(deps: WorkspaceCatalogDeps) {
    this.#deps = deps;
    const { texts, clock, logger, workers } = deps;
    const fileSystem = new OverlayFileSystem(deps.fileSystem, texts);
    this.#engine = new CatalogEngine({
      fileSystem,
      clock,
      logger,
      // Workers read the disk, and know nothing of open texts.
      ...(workers && {
        workers: { ...workers, canRead: uri => texts.getText(uri) === undefined },
      }),
    });
    deps.connectSources?.(this.#engine);
    this.#queue = new ChangeQueue({
      clock,
      logger,
      few: FEW_CHANGES,
      many: MANY_CHANGES,
      manyFiles: MANY_FILES,
      apply: changes => this.#engine.applyChanges(changes),
    });
  }

  /** Reads these folders instead of those before; what is known before the first time is nothing. */
  open(roots: readonly string[]): Promise<void> {
    // Each with its own settings: one after the other.
    const opening = this.#opening.then(() => this.#open(roots));
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  changed(changes: readonly FileChange[]): void {
    this.#queue.add(changes);
  }

  async opened(file: string): Promise<void> {
    this.#takeUpProblems(file);
    return Promise.resolve();
  }

  isMadeBy(config: string): boolean {
    return this.#configs.includes(config);
  }

  edited(file: string): void {
    this.#queue.add([{ type: 'changed', uri: file }]);
  }

  dispose(): void {
    this.#feed?.dispose();
    this.#queue.dispose();
    this.#engine.dispose();
    this.#onDidSettle.dispose();
  }

  async #open(roots: readonly string[]): Promise<void> {
    const engine = this.#engine;
    engine.setRoots(roots.map(uri => ({ uri, name: basenameUri(uri) })));
    const { options, backstage } = await this.#deps.readSettings(roots);
    engine.setOptions(options);
    engine.setBackstage(backstage && untrusted(backstage, roots));
    this.#configs = backstage?.configs ?? [];
    this.view.kinds = KindRegistry.builtin().withCustomKinds(engine.options.customKinds);
    this.#feed ??= new CatalogFeed({
      engine,
      clock: this.#deps.clock,
      send: rows => this.view.update(rows),
      settled: ({ isReady, files }) => {
        this.view.isReady = isReady;
        for (const uri of this.#deps.texts.uris()) this.#takeUpProblems(uri);
        this.#onDidSettle.fire(files);
      },
    });
    await engine.refresh();
    this.#deps.settings.update({
      customKinds: engine.options.customKinds,
      kindSchemas: engine.kindSchemas,
      codeownersOwners: engine.options.codeownersOwners,
      severities: engine.options.severities,
      scaffolderActions: engine.options.scaffolderActions,
    });
  }

  #takeUpProblems(file: string): void {
    this.view.setProblems(file, this.#engine.getProblems({ file }));
  }
}

/** Clients say nothing of trust: variables are not known, and nothing outside of the workspace is read. */
function untrusted(
  { configs, aiModel }: Pick<BackstageSetup, 'configs' | 'aiModel'>,
  roots: readonly string[],
): BackstageSetup {
  return { configs, aiModel, locations: [], environment: new Map(), confinedTo: roots };
}
