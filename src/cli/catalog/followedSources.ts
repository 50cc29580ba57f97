import type { CatalogSources } from '../../api';
import type { Disposable } from '../../base';
import type { CatalogEngine } from '../../features/catalog/core';
import type { RemoteSource, SourceRegistry } from '../../features/sources/core';
import { sourceKeyOf, sourcesFileSystem } from '../../platform/core/files';
import type { CommandContext } from '../command';
import type { ParsedCommand } from '../options';
import { terminalLogger, warn } from '../terminal';
import { readNamedSources } from './namedSources';
import { notAllowedWarning } from './sources';

/** The sources of a command that goes on until somebody ends it: fetched again and again, as in the editor. */
export interface FollowedSources extends Disposable {
  /** Whether there are any. */
  readonly isEmpty: boolean;
  /** The same world, with the files of the sources in it. */
  readonly context: CommandContext;
  /** Where a file of a source is for people; undefined for all others. */
  addressOf(file: string): string | undefined;
  /**
   * Adds them to a catalog, with the copies of the last time; from then on they are fetched in the background.
   *
   * @returns once the copies are there
   */
  connect(engine: Pick<CatalogEngine, 'addSource'>): Promise<void>;
  /** Asks those that are held in part, once they are connected. */
  readonly findEntities: CatalogSources['findEntities'];
  /** Resolves once each has been had at least once, or could not be. */
  whenFetched(): Promise<void>;
}

/**
 * Takes up what `--source` names. What fails is told on stderr, once until it has been fetched again.
 *
 * @param folder - URI of the one whose settings may name some, too
 * @throws UsageError for what is no source
 */
export async function followSources(
  parsed: ParsedCommand,
  context: CommandContext,
  folder: string,
): Promise<FollowedSources> {
  const named = await readNamedSources(parsed, context, folder);
  const { clock, terminal } = context;
  let registry: SourceRegistry | undefined;
  const sourceOf = (file: string): RemoteSource | undefined => {
    const key = sourceKeyOf(file);
    const config = named?.configs.find(other => other.key === key);
    return config && registry?.getRemoteSource(config.id);
  };
  const fileSystem = named
    ? sourcesFileSystem(context.fileSystem, key => registry?.findFileSystem(key))
    : context.fileSystem;
  return {
    isEmpty: !named,
    context: { ...context, fileSystem },
    addressOf(file) {
      const source = sourceOf(file);
      return source?.locationOf?.(file)?.replace(/^url:/, '') ?? source?.displayPath(file);
    },
    async connect(engine) {
      if (!named) return;
      const { configs, open, isOffline } = named;
      const { SourceRegistry } = await import('../../features/sources/core');
      registry = new SourceRegistry({
        open,
        clock,
        isOffline: () => isOffline,
        logger: terminalLogger(terminal),
        addSource: source => engine.addSource(source),
        removeFromSettings: () => Promise.resolve(),
      });
      const warned = new Map<string, string>();
      registry.onDidChange(() => {
        for (const { id, name, ...counts } of registry?.getSources() ?? []) {
          const warning = notAllowedWarning(name, counts);
          if (warning === undefined || warned.get(id) === warning) continue;
          warned.set(id, warning);
          warn(terminal, warning);
        }
      });
      registry.setConfigs(configs);
      await registry.whenRestored();
    },
    findEntities: async (query, options) => registry?.findEntities(query, options),
    async whenFetched() {
      const sources = registry;
      if (!sources) return;
      const missing = sources
        .getSources()
        .filter(({ fetchedAt, failure }) => fetchedAt === undefined && !failure);
      await Promise.all(missing.map(({ id }) => sources.refresh({ id })));
    },
    dispose: () => registry?.dispose(),
  };
}
