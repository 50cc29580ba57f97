import {
  dirnameUri,
  isWithin,
  joinUri,
  type Logger,
  relativePath,
  uriPath,
} from '../../../../base';
import type { Problem } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import type { Clock, FileChange, FileSystem, OutsideFolder } from '../../../../platform/core/ports';
import { type AppConfig, asWritten, readAppConfig } from '../../../appConfig/core';
import { ScmIntegrations, uriOfUrl, type UrlReader } from '../../../scm/core/urlReaders';
import type { IngestContext, StrictReading } from '../ingest/ingestContext';
import { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
import { refusePlaceholders } from '../processing/refusedPlaceholders';
import {
  type CatalogIndex,
  type CatalogRoot,
  emptyIndexState,
  type IndexOptions,
  type IndexSession,
  type IndexState,
} from '../workspace/catalogIndex';
import { configProblem, outdatedSettings } from './config/appConfigFile';
import { backendFolderOf, type BackstageSetup } from './config/backstageSetup';
import { locationEntity, rootLocations } from './config/configuredLocations';
import { ConfinedFileSystem } from './confinedFileSystem';
import type { ParsedFile } from './parsedFile';
import { LocationReader } from './locations/locationReader';
import { outsideFolders, type ReadPlace } from './outsideFolders';
import { RefreshState, type UnprocessedEntity } from './refreshState';
import { reachOf, ServedFiles } from './servedFiles';
import { problemsOfState } from './stateProblems';
import { isReachKnown, UnreachedFiles } from './unreachedFiles';
import type { BackstageUrls, ServedUrls } from './urls/servedUrls';
import type { UrlFiles } from './urls/urlFiles';

/** State of a server with one configuration. */
interface Server {
  readonly config: AppConfig;
  /** Problems of settings that the release deprecated or removed. */
  readonly outdated: readonly Problem[];
  readonly reader: LocationReader;
  /** Undefined if remote locations aren't read. */
  readonly urls: ServedUrls | undefined;
  readonly urlFiles: UrlFiles | undefined;
  readonly state: RefreshState;
  readonly served: ServedFiles;
}

/** Configuration of a server. */
interface Configuration {
  readonly config: AppConfig;
  readonly context: IngestContext;
  readonly backendFolder: string;
}

export interface BackstageIndexDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly setup: BackstageSetup;
  /** Undefined if remote locations aren't read. */
  readonly openUrls?: BackstageUrls['open'] | undefined;
}

/** URI of problems and entities outside files: locations of the command line. */
const NO_FILE = 'callboard:///locations';
/** Root of files of internal servers, which aren't shown. */
const NO_URLS = 'callboard:///urls';
const NOTHING: ReadonlySet<string> = new Set();

/**
 * The catalog as a Backstage server would have it: only what the configured locations reach, with
 * the server's rules for kinds, conflicts, errors and orphans.
 *
 * A refresh is like a server's start. Changes are like a running server's: entities that fail keep
 * their previous version, and orphans are deleted or marked.
 */
export class BackstageIndex implements CatalogIndex {
  readonly #deps: BackstageIndexDeps;
  #fileSystem: FileSystem;
  #server: Server | undefined;
  #discovered: UnreachedFiles;
  /** Undefined if it can't be determined, or its problem is turned off. */
  #unreached: UnreachedFiles | undefined;
  #roots: readonly CatalogRoot[] = [];

  constructor(deps: BackstageIndexDeps) {
    const { confinedTo } = deps.setup;
    this.#deps = deps;
    this.#fileSystem = confinedTo
      ? new ConfinedFileSystem(deps.fileSystem, confinedTo)
      : deps.fileSystem;
    this.#discovered = new UnreachedFiles(deps);
  }

  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    { signal, onProgress }: IndexOptions = {},
  ): Promise<IndexState> {
    const server = await this.#start(session, done => onProgress?.({ done, total: undefined }));
    const slices = new TimeSlicer(this.#deps.clock);
    await server.state.processAll(slices, signal);
    // Remote files that are unavailable keep their previous version, with the current errors.
    if (applyUrlChanges(server)?.isConcerned) await server.state.processAll(slices, signal);
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
    const known = this.#server;
    if (!known) return undefined;
    const isOfConfig = changes.some(({ uri }) => this.#concernsConfig(uri, known));
    const server = isOfConfig ? await this.#reconfigured(known, session) : known;
    if (!server) return undefined;
    const slices = new TimeSlicer(this.#deps.clock);
    const urls = applyUrlChanges(server);
    if (!urls) return undefined;
    let { isConcerned } = urls;
    for (const change of changes) if (await server.reader.forget(change)) isConcerned = true;
    // After an error in between, the next change starts anew.
    this.#server = undefined;
    if (isConcerned) await server.state.processAll(slices, signal);
    await this.#unreached?.applyChanges(changes, session, { signal });
    this.#server = server;
    return this.#indexState(server, slices);
  }

  async unreportedChanges(signal?: AbortSignal): Promise<readonly FileChange[]> {
    if (this.#server && this.#unreached) {
      return this.#unreached.unreportedChanges(this.#server.reader.files(), signal);
    }
    // Everything may have changed: a server keeps no metadata of files.
    return this.#roots.map(({ uri }) => ({ type: 'changed', uri }));
  }

  async outsideFolders(): Promise<readonly OutsideFolder[]> {
    // A confined file system can't read outside folders.
    if (!this.#server || this.#deps.setup.confinedTo) return [];
    const { config, reader } = this.#server;
    const files = [...this.#deps.setup.configs, ...config.files, ...this.#backendCandidates()];
    const places = [
      ...files.map((uri): ReadPlace => ({ uri, reach: 'itself' })),
      ...reader.places(),
    ];
    const roots = this.#roots.map(({ uri }) => uri);
    return outsideFolders(places, { roots, fileSystem: this.#fileSystem });
  }

  /** Returns the entities that the server knows but doesn't serve. */
  unprocessed(): readonly UnprocessedEntity[] {
    return this.#server?.state.unprocessed() ?? [];
  }

  /** Always empty: a server refuses placeholders in locations of type `file`. */
  filesReading(): readonly string[] {
    return [];
  }

  displayPath(uri: string): string {
    const address = this.#server?.urlFiles?.addressOf(uri);
    if (address !== undefined) return address;
    const root = this.#roots
      .filter(candidate => isWithin(candidate.uri, uri))
      .sort((a, b) => b.uri.length - a.uri.length)[0];
    const path = root && relativePath(root.uri, uri);
    if (!root || path === undefined) return uriPath(uri);
    return this.#roots.length > 1 ? `${root.name}/${path}` : path;
  }

  /**
   * Creates a server.
   *
   * @param follow - reader of an internal server that only discovers URLs
   */
  async #start(
    session: IndexSession,
    onRead: (filesRead: number) => void,
    follow?: UrlReader,
  ): Promise<Server> {
    const { config, context, backendFolder } = await this.#configure(session);
    const { locations: files } = this.#deps.setup;
    const { isReadable, orphanStrategy, hosts } = config.catalog;
    const { openUrls } = this.#deps;
    // Loaded on demand, because most catalogs read no URLs.
    const remote = (follow ?? openUrls) && (await import('./urls/urlReading'));
    const addresses = remote?.readIntegrationAddresses(config.catalog.integrations);
    const integrations = new ScmIntegrations(
      () => hosts,
      () => addresses,
    );
    const urls = follow
      ? { reader: follow, root: NO_URLS, applyChanges: () => NOTHING }
      : openUrls?.({
          configs: this.#deps.setup.configs,
          integrations,
          forges: hosts,
          hosts: config.catalog.allowedHosts,
          follow: async (round, signal) => {
            const server = await this.#start(session, () => undefined, round);
            await server.state.processAll(new TimeSlicer(this.#deps.clock), signal);
          },
        });
    const { maxFileSize } = context;
    const strict: StrictReading = {
      hasModel: context.kinds.isModel,
      placeholders: (value, base) =>
        remote && urls
          ? remote.resolveServedPlaceholders(value, {
              base,
              urls: urls.reader,
              isReadable,
              maxFileSize,
            })
          : refusePlaceholders(value, { path: base, isReadable }),
    };
    const reading = { context: { ...context, strict }, onRead };
    const reader = new LocationReader({ ...reading, fileSystem: this.#fileSystem, backendFolder });
    const urlFiles =
      remote &&
      urls &&
      new remote.UrlFiles({
        ...reading,
        urls: urls.reader,
        uriOf: url => uriOfUrl(urls.root, url),
      });
    const { locations, rules } = rootLocations(config.catalog, { files, backendFolder });
    const state = new RefreshState({ reader, urlFiles, rules, orphanStrategy, isReadable });
    state.add(await Promise.all(locations.map(locationEntity)));
    this.#deps.logger.debug(`Backstage in ${backendFolder}: ${locations.length} locations`);
    const served = new ServedFiles({ integrations, noFile: NO_FILE });
    const outdated = await this.#outdatedSettings(context);
    return { config, outdated, reader, urls, urlFiles, state, served };
  }

  /** Returns the server with its configs as they are now; undefined if it must start anew. */
  async #reconfigured(server: Server, session: IndexSession): Promise<Server | undefined> {
    const { config, context, backendFolder } = await this.#configure(session);
    const isSame = config.identity === server.config.identity;
    if (!isSame || backendFolder !== server.reader.backendFolder) return undefined;
    return { ...server, outdated: await this.#outdatedSettings(context) };
  }

  async #outdatedSettings({ release }: IngestContext): Promise<readonly Problem[]> {
    const found = this.#deps.setup.configs.map(uri =>
      outdatedSettings(uri, release, this.#fileSystem),
    );
    return (await Promise.all(found)).flat();
  }

  async #configure({ options, reader }: IndexSession): Promise<Configuration> {
    const { configs, environment, aiModel } = this.#deps.setup;
    const { context } = await reader();
    const kinds = aiModel ? context.kinds.asInModel() : context.kinds;
    const config = await readAppConfig(configs, {
      fileSystem: this.#fileSystem,
      environment,
      parse: parseYamlDocuments,
      maxFileSize: options.maxFileSize,
      kinds: [...new Set(kinds.knownKinds().map(({ kind }) => kind))],
    });
    const backendFolder = await backendFolderOf(this.#deps.setup, this.#fileSystem);
    return { config, context: { ...context, kinds }, backendFolder };
  }

  /** Whether a changed file or folder affects the config or the backend folder. */
  #concernsConfig(uri: string, { config, reader }: Server): boolean {
    for (const backend of this.#backendCandidates()) {
      if (isWithin(uri, backend)) return true;
      if (backend !== reader.backendFolder && isWithin(backend, uri)) return true;
    }
    return [...this.#deps.setup.configs, ...config.files].some(file => isWithin(uri, file));
  }

  /** Returns the folder that the server runs in if it exists. */
  #backendCandidates(): readonly string[] {
    const [first] = this.#deps.setup.configs;
    return first === undefined ? [] : [joinUri(dirnameUri(first), 'packages/backend')];
  }

  async #indexState(
    { config, outdated, reader, urlFiles, state, served }: Server,
    slices: TimeSlicer,
  ): Promise<IndexState> {
    if (state.unstable.size) {
      this.#deps.logger.warn(
        `Processing was given up with changes left: ${[...state.unstable].join(', ')}`,
      );
    }
    const reached = reachOf(state);
    const problems = [
      ...config.issues.map(configProblem),
      ...outdated,
      ...problemsOfState(state, uri => this.displayPath(uri)).map(problem =>
        asConfigSays(problem, config),
      ),
    ];
    const known = (uri: string): ParsedFile | undefined =>
      reader.known(uri) ?? urlFiles?.known(uri);
    const always = this.#deps.setup.configs;
    const { disabledLines } = config;
    const files = await served.build(state, { known, problems, always, disabledLines }, slices);
    reader.keep(reached);
    urlFiles?.keep(reached.urls);
    const linked = reader.realPlaces();
    const reach = {
      isReached: (uri: string) => files.has(uri) || linked.has(uri),
      urls: reached.urls,
    };
    for (const file of (await this.#unreached?.files(reach, slices)) ?? [])
      files.set(file.uri, file);
    return { ...emptyIndexState, files };
  }
}

/**
 * Applies changes of URLs.
 *
 * @returns whether entities are affected; undefined if the server must start anew
 */
function applyUrlChanges({
  reader,
  urls,
  urlFiles,
}: Server): { readonly isConcerned: boolean } | undefined {
  const changed = urls ? urls.applyChanges() : NOTHING;
  if (!changed) return undefined;
  const isInFiles = reader.forgetMadeOf(changed);
  return { isConcerned: urlFiles?.forget(changed) || isInFiles };
}

/** Replaces values from variables and files in a problem with the text of the config. */
function asConfigSays(problem: Problem, { written }: AppConfig): Problem {
  if (!written.size) return problem;
  const { message, related } = problem;
  return {
    ...problem,
    message: asWritten(message, written),
    ...(related && {
      related: related.map(place => ({ ...place, message: asWritten(place.message, written) })),
    }),
  };
}
