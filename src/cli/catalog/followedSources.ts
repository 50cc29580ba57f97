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

/** The sources of a long-running command, which are fetched periodically, as in the editor. */
export interface FollowedSources extends Disposable {
  /** Whether there are no sources. */
  readonly isEmpty: boolean;
  /** The command's context with a file system that has the files of sources. */
  readonly context: CommandContext;
  /** Returns the web address of a source's file; undefined for other files. */
  addressOf(file: string): string | undefined;
  /**
   * Adds the sources to a catalog, with their cached copies; they are then fetched in the background.
   *
   * @returns once the copies are loaded
   */
  connect(engine: Pick<CatalogEngine, 'addSource'>): Promise<void>;
  /** Queries partial sources, once they are connected. */
  readonly findEntities: CatalogSources['findEntities'];
  /** Resolves once each source has been fetched or has failed once. */
  whenFetched(): Promise<void>;
}

/**
 * Opens the sources of `--source`. Reports a failure on stderr, once until the next success.
 *
 * @param folder - URI of the folder whose settings may name sources
 * @throws UsageError for an invalid source
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
