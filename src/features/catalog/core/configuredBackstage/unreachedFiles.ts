import type { EntitySource } from '../../../../api';
import { isWithin, joinUri, type Logger, relativePath } from '../../../../base';
import { type Problem, stringifyEntityRef } from '../../../../model';
import type { TimeSlicer } from '../../../../platform/core';
import type { Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import type { AppConfig } from '../../../appConfig/core';
import { remotePages } from '../../../scm/core/forgePages';
import { atEntity, createProblem } from '../problems/problemSeverities';
import type { FileRecord } from '../records';
import type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
} from '../workspace/catalogIndex';
import type { IndexedFile } from '../workspace/files/indexedFile';
import { WorkspaceIndex } from '../workspace/workspaceIndex';

/** Files and URLs that a server's locations reference. */
export interface ServerReach {
  /** Whether a location references the file with this URI. */
  readonly isReached: (uri: string) => boolean;
  /** Remote locations, which are not read here. */
  readonly urls: ReadonlySet<string>;
}

/**
 * Descriptor files of the workspace that no location of a config references: the discovered files
 * without those the server reads. Only their problems are kept.
 */
export class UnreachedFiles {
  #fileSystem: FileSystem;
  #discovery: WorkspaceIndex;
  #state: IndexState | undefined;
  #roots: readonly CatalogRoot[] = [];
  /** Workspace folders behind symbolic links, with their real URIs. */
  #links: readonly (readonly [uri: string, real: string])[] = [];

  constructor(deps: { fileSystem: FileSystem; clock: Clock; logger: Logger }) {
    this.#fileSystem = deps.fileSystem;
    this.#discovery = new WorkspaceIndex({ ...deps, condense: withoutContent });
  }

  /** Finds and reads all files. When it rejects, the state is unchanged. */
  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    options: IndexOptions,
  ): Promise<void> {
    const links: (readonly [string, string])[] = [];
    for (const { uri } of roots) {
      const real = await this.#fileSystem.realPath(uri);
      if (real !== uri) links.push([uri, real]);
    }
    this.#state = await this.#discovery.refresh(roots, session, options);
    this.#links = links;
    this.#roots = roots;
  }

  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    options: IndexOptions,
  ): Promise<void> {
    this.#state =
      (await this.#discovery.applyChanges(changes, session, options)) ??
      (await this.#discovery.refresh(this.#roots, session, options));
  }

  /**
   * Returns changes that were not reported, of discovered files and of those that the server reads.
   *
   * @param read - URIs of files that the server reads; those that discovery doesn't find count as changed
   */
  async unreportedChanges(
    read: Iterable<string>,
    signal: AbortSignal | undefined,
  ): Promise<readonly FileChange[]> {
    const others = [...read].filter(uri => !this.#discovery.hasDiscovered(uri));
    return [
      ...(await this.#discovery.unreportedChanges(signal)),
      ...others.map((uri): FileChange => ({ type: 'changed', uri })),
    ];
  }

  /** Returns the files in conflict order; unchanged files are the same objects. */
  async files(
    { isReached, urls }: ServerReach,
    slices: TimeSlicer,
  ): Promise<readonly IndexedFile[]> {
    const unreached: IndexedFile[] = [];
    if (!this.#state) return unreached;
    const { files, origins } = this.#state;
    const isLedTo = (uri: string): boolean => isReached(uri) || isReached(this.#realUri(uri));
    for (const file of files.values()) {
      if (slices.isOver) await slices.pause();
      if (!file.record.problems.length || isLedTo(file.uri)) continue;
      // A problem between a read file and this one is reported at its own place.
      const origin = origins.get(file.uri);
      if (origin !== undefined && isLedTo(origin)) continue;
      if (!mayBeReadByUrl(file, urls)) unreached.push(file);
    }
    return unreached;
  }

  #realUri(uri: string): string {
    const link = this.#links.find(([root]) => isWithin(root, uri));
    return link ? joinUri(link[1], relativePath(link[0], uri) ?? '') : uri;
  }
}

/**
 * Whether the files that a config's locations reference can be determined: not without a config,
 * with an unreadable one, or if modules of the server discover descriptors themselves.
 */
export function isReachKnown({ catalog, issues, files }: AppConfig): boolean {
  if (!files.length || catalog.hasDiscovery) return false;
  return issues.every(
    ({ code, key }) =>
      (code !== 'app-config-invalid' && code !== 'app-config-variable') ||
      (key !== undefined && key !== 'catalog' && !key.startsWith('catalog.locations')),
  );
}

/** Whether a remote location may be in the repository of the file. */
function mayBeReadByUrl({ repository }: IndexedFile, urls: ReadonlySet<string>): boolean {
  if (!repository) return false;
  const own = repository.remote?.webUrl.toLowerCase();
  return [...urls].some(url => {
    const there = remotePages(url)?.webUrl.toLowerCase();
    // On unknown hosts, both addresses are undefined.
    if (own === undefined || there === undefined) return own === there;
    return there.startsWith(own) && /^(?:[/?]|$)/.test(there.slice(own.length));
  });
}

const MESSAGE =
  'No location of the app-config leads to this file, so that the entity is not in the catalog. Add the file to catalog.locations, or to the targets of a Location';

/** Keeps only a problem per entity of an unreferenced file, and what discovery needs. */
function withoutContent(record: FileRecord): FileRecord {
  const problems: Problem[] = [];
  for (const { ref, source } of record.entities) {
    if (source) problems.push(unreachable(ref, source));
  }
  for (const { kind, namespace, name, source } of record.failed) {
    if (kind && name)
      problems.push(unreachable(stringifyEntityRef({ kind, namespace, name }), source));
  }
  return {
    ...record,
    // Its content isn't in the catalog.
    documents: 0,
    entities: [],
    failed: [],
    misplaced: [],
    annotationRefs: [],
    sightings: [],
    problems,
  };
}

function unreachable(ref: string, source: EntitySource): Problem {
  return createProblem('unreachable-entity', MESSAGE, atEntity({ ref, source }));
}
