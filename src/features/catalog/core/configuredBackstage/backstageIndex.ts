import {
  dirnameUri,
  isWithin,
  joinUri,
  type Logger,
  relativePath,
  uriPath,
} from '../../../../base';
import type { Problem } from '../../../../model';
import { Slices } from '../../../../platform/core';
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
import { configProblem } from './config/appConfigFile';
import { backendFolderOf, type BackstageSetup } from './config/backstageSetup';
import { locationEntity, rootLocations } from './config/configuredLocations';
import { ConfinedFileSystem } from './confinedFileSystem';
import type { JudgedFile } from './judgedFile';
import { LocationReader } from './locations/locationReader';
import { outsideFolders, type ReadPlace } from './outsideFolders';
import { RefreshState, type UnprocessedEntity } from './refreshState';
import { reachOf, ServedFiles } from './servedFiles';
import { problemsOfState } from './stateProblems';
import { isReachKnown, UnreachedFiles } from './unreachedFiles';
import type { BackstageUrls, ServedUrls } from './urls/servedUrls';
import type { UrlFiles } from './urls/urlFiles';

/** What one configuration of the server came to. */
interface Server {
  readonly config: AppConfig;
  readonly reader: LocationReader;
  /** Undefined where nothing is read from other machines. */
  readonly urls: ServedUrls | undefined;
  readonly urlFiles: UrlFiles | undefined;
  readonly state: RefreshState;
  readonly served: ServedFiles;
}

/** What a server starts with. */
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
  /** Undefined where nothing is read from other machines. */
  readonly openUrls?: BackstageUrls['open'] | undefined;
}

/** Where problems and entities are that stand in no file: locations of the command line. */
const NO_FILE = 'callboard:///locations';
/** Where files are that nobody is shown. */
const NO_URLS = 'callboard:///urls';
const NOTHING: ReadonlySet<string> = new Set();

/**
 * The catalog as a Backstage server would hold it: only what the configured locations reach, with
 * the server's rules for kinds, conflicts, failures and orphans.
 *
 * A refresh is a server that starts anew. Changes find a server that runs: what fails now keeps its
 * old version, and what nothing leads to any more is deleted or marked.
 */
export class BackstageIndex implements CatalogIndex {
  readonly #deps: BackstageIndexDeps;
  #fileSystem: FileSystem;
  #server: Server | undefined;
  #discovered: UnreachedFiles;
  /** Undefined where it cannot be told, or nobody wants to know. */
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
    const slices = new Slices(this.#deps.clock);
    await server.state.settle(slices, signal);
    // What is out of reach is there as it was, with the errors that it has by now.
    if (takeUpUrls(server)?.isConcerned) await server.state.settle(slices, signal);
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
    const slices = new Slices(this.#deps.clock);
    const urls = takeUpUrls(server);
    if (!urls) return undefined;
    let { isConcerned } = urls;
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

  /** The entities that the server knows of and does not serve. */
  unprocessed(): readonly UnprocessedEntity[] {
    return this.#server?.state.unprocessed() ?? [];
  }

  /** None: of locations of the type `file`, a server refuses to read what placeholders name. */
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

  /** @param follow - what it asks, where it is not for the catalog that it starts */
  async #start(
    session: IndexSession,
    onRead: (filesRead: number) => void,
    follow?: UrlReader,
  ): Promise<Server> {
    const { config, context, backendFolder } = await this.#configure(session);
    const { locations: files, aiModel } = this.#deps.setup;
    const { isReadable, orphanStrategy, hosts } = config.catalog;
    const integrations = new ScmIntegrations(() => hosts);
    const urls = follow
      ? { reader: follow, root: NO_URLS, takeUp: () => NOTHING }
      : this.#deps.openUrls?.({
          configs: this.#deps.setup.configs,
          integrations,
          forges: hosts,
          hosts: config.catalog.allowedHosts,
          follow: async (round, signal) => {
            const server = await this.#start(session, () => undefined, round);
            await server.state.settle(new Slices(this.#deps.clock), signal);
          },
        });
    const { maxFileSize } = context;
    // Loaded where addresses are read, which most catalogs have no use for.
    const remote = urls && (await import('./urls/urlReading'));
    const strict: StrictReading = {
      hasModel: aiModel,
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
    return { config, reader, urls, urlFiles, state, served };
  }

  /** Files that were only touched, or looked at once more, are no reason to start anew. */
  async #isConfiguredAs({ config, reader }: Server, session: IndexSession): Promise<boolean> {
    const { config: now, backendFolder } = await this.#configure(session);
    return now.identity === config.identity && backendFolder === reader.backendFolder;
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

  /** Also a folder `packages/backend` that comes or goes. */
  #concernsConfig(uri: string, { config, reader }: Server): boolean {
    for (const backend of this.#backendCandidates()) {
      if (isWithin(uri, backend)) return true;
      if (backend !== reader.backendFolder && isWithin(backend, uri)) return true;
    }
    return [...this.#deps.setup.configs, ...config.files].some(file => isWithin(uri, file));
  }

  /** The folder that the server runs in where it exists. */
  #backendCandidates(): readonly string[] {
    const [first] = this.#deps.setup.configs;
    return first === undefined ? [] : [joinUri(dirnameUri(first), 'packages/backend')];
  }

  async #indexState(
    { config, reader, urlFiles, state, served }: Server,
    slices: Slices,
  ): Promise<IndexState> {
    if (state.unsettled.size) {
      this.#deps.logger.warn(
        `Processing was given up with changes left: ${[...state.unsettled].join(', ')}`,
      );
    }
    const reached = reachOf(state);
    const problems = [
      ...config.issues.map(configProblem),
      ...problemsOfState(state, uri => this.displayPath(uri)).map(problem =>
        asConfigSays(problem, config),
      ),
    ];
    const known = (uri: string): JudgedFile | undefined =>
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

/** @returns undefined where the server is to start anew */
function takeUpUrls({
  reader,
  urls,
  urlFiles,
}: Server): { readonly isConcerned: boolean } | undefined {
  const changed = urls ? urls.takeUp() : NOTHING;
  if (!changed) return undefined;
  const isInFiles = reader.forgetMadeOf(changed);
  return { isConcerned: urlFiles?.forget(changed) || isInFiles };
}

/** Has a problem show values as the config has them, and not what variables and files filled in. */
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
