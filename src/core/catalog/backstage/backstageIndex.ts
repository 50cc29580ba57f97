import { dirnameUri, isWithin, joinUri, type Logger, relativePath, uriPath } from '../../../base';
import type { Problem } from '../../../model';
import { type AppConfig, readAppConfig } from '../../appConfig';
import type { Clock, FileChange, FileSystem } from '../../ports';
import type { IngestContext } from '../ingest/ingestContext';
import { parseYamlDocuments } from '../ingest/yamlDocuments';
import {
  emptyFileRecord,
  type EmittedRelation,
  type EntityRecord,
  type FileRecord,
} from '../records';
import type {
  CatalogIndex,
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
  OutsideFolder,
} from '../workspace/catalogIndex';
import type { IndexedFile } from '../workspace/fileTable';
import type { CatalogWorkers } from '../workspace/ingestRun';
import { Slices } from '../workspace/slices';
import { configProblem } from './appConfigFile';
import { backendFolderOf } from './backendFolder';
import type { BackstageSetup } from './backstageSetup';
import { ConfinedFileSystem } from './confinedFileSystem';
import { locationEntity, rootLocations } from './configuredLocations';
import type { JudgedFile } from './judgedFile';
import { LocationReader } from './locationReader';
import { outsideFolders, type ReadPlace } from './outsideFolders';
import { type ProcessedEntity, RefreshState, type RefreshStateRow } from './refreshState';
import { type ServerError, statusOf } from './serverError';
import { problemsOfState } from './stateProblems';
import { isReachKnown, UnreachedFiles } from './unreachedFiles';

/** What one configuration of the server came to. */
interface Server {
  readonly config: AppConfig;
  readonly reader: LocationReader;
  readonly state: RefreshState;
}

/** What a server starts with. */
interface Configuration {
  readonly config: AppConfig;
  readonly context: IngestContext;
  readonly backendFolder: string;
}

/** An entity that is not served, and why. */
export interface UnprocessedEntity {
  readonly ref: string;
  readonly errors: readonly ServerError[];
}

/** Where problems and entities are that stand in no file: locations of the command line. */
const NO_FILE = 'callboard:///locations';

/**
 * The catalog as a Backstage server would hold it: only what the configured locations reach, with
 * the server's rules for kinds, conflicts, failures and orphans.
 *
 * A refresh is a server that starts anew. Changes find a server that runs: what fails now keeps its
 * old version, and what nothing leads to any more is deleted or marked.
 */
export class BackstageIndex implements CatalogIndex {
  #fileSystem: FileSystem;
  #clock: Clock;
  #logger: Logger;
  #setup: BackstageSetup;
  #server: Server | undefined;
  #discovered: UnreachedFiles;
  /** Undefined where it cannot be told, or nobody wants to know. */
  #unreached: UnreachedFiles | undefined;
  #roots: readonly CatalogRoot[] = [];
  #files: ReadonlyMap<string, IndexedFile> = new Map();
  #records = new Map<string, { readonly key: string; readonly record: EntityRecord }>();

  constructor(deps: {
    fileSystem: FileSystem;
    clock: Clock;
    logger: Logger;
    setup: BackstageSetup;
    workers?: CatalogWorkers | undefined;
  }) {
    const { confinedTo } = deps.setup;
    this.#fileSystem = confinedTo
      ? new ConfinedFileSystem(deps.fileSystem, confinedTo)
      : deps.fileSystem;
    this.#discovered = new UnreachedFiles(deps);
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#setup = deps.setup;
  }

  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    { signal, onProgress }: IndexOptions = {},
  ): Promise<IndexState> {
    const server = await this.#start(session, done => onProgress?.({ done, total: undefined }));
    const slices = new Slices(this.#clock);
    await server.state.settle(slices, signal);
    const isWanted = session.options.severities['unreachable-entity'] !== 'off';
    const unreached = isWanted && isReachKnown(server.config) ? this.#discovered : undefined;
    await unreached?.refresh(roots, session, { signal });
    this.#roots = roots;
    this.#server = server;
    this.#unreached = unreached;
    return this.#indexState(server, slices);
  }

  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions = {},
  ): Promise<IndexState | undefined> {
    const server = this.#server;
    if (!server) return undefined;
    const isOfConfig = changes.some(({ uri }) => this.#concernsConfig(uri, server));
    if (isOfConfig && !(await this.#isConfiguredAs(server, session))) return undefined;
    const slices = new Slices(this.#clock);
    let isConcerned = false;
    for (const change of changes) if (await server.reader.forget(change)) isConcerned = true;
    // Where it is broken off halfway, the next change starts anew.
    this.#server = undefined;
    if (isConcerned) await server.state.settle(slices, signal);
    await this.#unreached?.applyChanges(changes, session, { signal });
    this.#server = server;
    return this.#indexState(server, slices);
  }

  async outsideFolders(): Promise<readonly OutsideFolder[]> {
    // What lies outside cannot be read there, whatever happens to it.
    if (!this.#server || this.#setup.confinedTo) return [];
    const { config, reader } = this.#server;
    const files = [...this.#setup.configs, ...config.files, ...this.#backendCandidates()];
    const places = [
      ...files.map((uri): ReadPlace => ({ uri, reach: 'itself' })),
      ...reader.places(),
    ];
    const roots = this.#roots.map(({ uri }) => uri);
    return outsideFolders(places, { roots, fileSystem: this.#fileSystem });
  }

  /** The entities that the server knows of and does not serve. */
  unprocessed(): readonly UnprocessedEntity[] {
    return [...(this.#server?.state.rows() ?? [])].flatMap(({ ref, processed, errors }) =>
      processed && isServed(processed) ? [] : [{ ref, errors }],
    );
  }

  /** None: of locations of the type `file`, a server refuses to read what placeholders name. */
  filesReading(): readonly string[] {
    return [];
  }

  displayPath(uri: string): string {
    const root = this.#roots
      .filter(candidate => isWithin(candidate.uri, uri))
      .sort((a, b) => b.uri.length - a.uri.length)[0];
    const path = root && relativePath(root.uri, uri);
    if (!root || path === undefined) return uriPath(uri);
    return this.#roots.length > 1 ? `${root.name}/${path}` : path;
  }

  async #start(session: IndexSession, onRead: (filesRead: number) => void): Promise<Server> {
    const { config, context, backendFolder } = await this.#configure(session);
    const { locations: files, aiModel } = this.#setup;
    const { isReadable, orphanStrategy } = config.catalog;
    const reader = new LocationReader({
      fileSystem: this.#fileSystem,
      context: { ...context, strict: { isReadable, hasModel: aiModel } },
      backendFolder,
      onRead,
    });
    const { locations, rules } = rootLocations(config.catalog, { files, backendFolder });
    const state = new RefreshState({ reader, rules, orphanStrategy, isReadable });
    state.add(await Promise.all(locations.map(locationEntity)));
    this.#logger.debug(`Backstage in ${backendFolder}: ${locations.length} locations`);
    return { config, reader, state };
  }

  /** Files that were only touched, or looked at once more, are no reason to start anew. */
  async #isConfiguredAs({ config, reader }: Server, session: IndexSession): Promise<boolean> {
    const { config: now, backendFolder } = await this.#configure(session);
    return now.identity === config.identity && backendFolder === reader.backendFolder;
  }

  async #configure({ options, reader }: IndexSession): Promise<Configuration> {
    const { configs, environment, aiModel } = this.#setup;
    const { context } = await reader();
    const kinds = aiModel ? context.kinds.asInModel() : context.kinds;
    const config = await readAppConfig(configs, {
      fileSystem: this.#fileSystem,
      environment,
      parse: parseYamlDocuments,
      maxFileSize: options.maxFileSize,
      kinds: [...new Set(kinds.knownKinds().map(({ kind }) => kind))],
    });
    const backendFolder = await backendFolderOf(this.#setup, this.#fileSystem);
    return { config, context: { ...context, kinds }, backendFolder };
  }

  /** Also a folder `packages/backend` that comes or goes. */
  #concernsConfig(uri: string, { config, reader }: Server): boolean {
    for (const backend of this.#backendCandidates()) {
      if (isWithin(uri, backend)) return true;
      if (backend !== reader.backendFolder && isWithin(backend, uri)) return true;
    }
    return [...this.#setup.configs, ...config.files].some(file => isWithin(uri, file));
  }

  /** The folder that the server runs in where it exists. */
  #backendCandidates(): readonly string[] {
    const [first] = this.#setup.configs;
    return first === undefined ? [] : [joinUri(dirnameUri(first), 'packages/backend')];
  }

  async #indexState({ config, reader, state }: Server, slices: Slices): Promise<IndexState> {
    const parts = new Map<string, FileParts>();
    const partOf = (uri: string): FileParts => {
      let part = parts.get(uri);
      if (!part) parts.set(uri, (part = { rows: [], problems: [], judged: reader.known(uri) }));
      return part;
    };
    for (const uri of this.#setup.configs) partOf(uri);
    const reached = { targets: new Set<string>(), files: new Set<string>() };
    const urls = new Set<string>();
    for (const row of state.rows()) {
      for (const uri of row.outcome?.files ?? []) {
        reached.files.add(uri);
        partOf(uri);
      }
      for (const target of row.outcome?.targets ?? []) reached.targets.add(target);
      for (const url of row.outcome?.urls ?? []) urls.add(url);
      if (row.processed && isServed(row.processed)) {
        partOf(row.processed.document.source?.file ?? NO_FILE).rows.push(row);
      }
      if (slices.isOver) await slices.pause();
    }
    reader.keep(reached);
    const problems = [
      ...config.issues.map(configProblem),
      ...problemsOfState(state, uri => this.displayPath(uri)),
    ];
    for (const problem of problems) partOf(problem.file ?? NO_FILE).problems.push(problem);
    const files = new Map<string, IndexedFile>();
    for (const [uri, part] of parts) {
      files.set(uri, this.#indexedFile(uri, part, state));
      if (slices.isOver) await slices.pause();
    }
    const linked = reader.realPlaces();
    const reach = { isReached: (uri: string) => files.has(uri) || linked.has(uri), urls };
    for (const file of (await this.#unreached?.files(reach, slices)) ?? [])
      files.set(file.uri, file);
    for (const ref of this.#records.keys()) if (!state.row(ref)) this.#records.delete(ref);
    this.#files = files;
    return {
      files,
      origins: new Map(),
      reachedBy: new Map(),
      leadsTo: () => false,
      unreadTargets: [],
    };
  }

  /** The file as it was before where nothing of it changed. */
  #indexedFile(
    uri: string,
    { rows, problems, judged }: FileParts,
    state: RefreshState,
  ): IndexedFile {
    const entities = rows
      .map(row => this.#record(row, state))
      .sort((a, b) => (a.source?.document ?? 0) - (b.source?.document ?? 0));
    const record: FileRecord = {
      ...emptyFileRecord(uri, [...(judged?.problems ?? []), ...problems]),
      documents: judged?.documents ?? 0,
      entities,
      failed: judged?.failed ?? [],
      misplaced: judged?.misplaced ?? [],
      annotationRefs: judged?.annotationRefs ?? [],
      disabledLines: judged?.disabledLines ?? new Map(),
    };
    const before = this.#files.get(uri);
    if (before && isSameRecord(before.record, record)) return before;
    const order = { group: 0, path: uri };
    return { uri, order, repository: undefined, isMeant: true, record };
  }

  #record(row: RefreshStateRow, state: RefreshState): EntityRecord {
    const { ref, processed, errors } = row;
    const record = processed?.document.record;
    if (!processed || !record) throw new TypeError(`${ref} was not processed`);
    const { document, location, origin } = processed;
    const { source } = document;
    const isOrphan = state.isOrphan(row);
    const emitted = [...record.emitted, ...state.unservableChildren(row).flatMap(relationsOf)];
    const broughtBy = state.bringerOf(row);
    const own = [document.identity, location, origin, isOrphan, broughtBy, errors, source];
    const key = JSON.stringify([own, emitted]);
    const known = this.#records.get(ref);
    if (known?.key === key) return known.record;
    const served = {
      location,
      origin,
      isOrphan,
      broughtBy,
      ...(errors.length && { status: statusOf(errors) }),
    };
    const made = { ...record, emitted, served };
    this.#records.set(ref, { key, record: made });
    return made;
  }
}

/** What makes a file of the index. */
interface FileParts {
  readonly rows: RefreshStateRow[];
  readonly problems: Problem[];
  readonly judged: JudgedFile | undefined;
}

function isServed({ document }: ProcessedEntity): boolean {
  return document.record !== undefined && document.isServable;
}

/** Both directions of what an entity refers to. */
function relationsOf({ ref, references, emitted }: EntityRecord): readonly EmittedRelation[] {
  return [
    ...references.flatMap(({ type, inverse, targetRef }): EmittedRelation[] => [
      { sourceRef: ref, type, targetRef },
      { sourceRef: targetRef, type: inverse, targetRef: ref },
    ]),
    ...emitted,
  ];
}

function isSameRecord(a: FileRecord, b: FileRecord): boolean {
  return (
    a.documents === b.documents &&
    a.entities.length === b.entities.length &&
    a.entities.every((record, index) => record === b.entities[index]) &&
    JSON.stringify([a.problems, a.failed, a.misplaced, a.annotationRefs]) ===
      JSON.stringify([b.problems, b.failed, b.misplaced, b.annotationRefs]) &&
    JSON.stringify([...a.disabledLines.keys()]) === JSON.stringify([...b.disabledLines.keys()])
  );
}
