import { type Disposable, DisposableStore, messageWithAdvice } from '../../base';
import type { SourceCounts } from '../../features/catalog/core';
import type { RemoteSource } from '../../features/sources/core';
import type { Problem } from '../../model';
import { sourceKeyOf, sourcesFileSystem } from '../../platform/core/files';
import type { FileSystem } from '../../platform/core/ports';
import { type CommandContext, FailedError } from '../command';
import type { ParsedCommand } from '../options';
import { plural } from '../output/problems';
import { warn } from '../terminal';
import { readNamedSources } from './namedSources';

/** The sources of a command line with their copies. */
export interface OpenSources extends Disposable {
  readonly sources: readonly RemoteSource[];
  /** The command's context with a file system that has the files of sources. */
  readonly context: CommandContext;
  /**
   * Queries partial sources for entities that the catalog refers to. A source that can't be reached is used as it is.
   *
   * @returns whether there are new entities
   */
  fetchMissing(): Promise<boolean>;
  /** Returns a file system with the files of sources on top of another one. */
  filesOver(fileSystem: FileSystem): FileSystem;
  /** Returns the location to display: the web address of a source's file, or the URI of any other file. */
  addressOf(file: string): string;
  withAddresses(problems: readonly Problem[]): readonly Problem[];
}

/**
 * Fetches the sources of `--source`.
 *
 * @param folder - URI of the folder whose settings may name sources
 * @throws UsageError for an invalid source; FailedError for one that can't be fetched
 */
export async function openSources(
  parsed: ParsedCommand,
  context: CommandContext,
  folder: string,
): Promise<OpenSources> {
  const named = await readNamedSources(parsed, context, folder);
  const isOffline = named?.isOffline ?? true;
  const store = new DisposableStore();
  try {
    const opening = named?.configs.map(async config => store.add(await named.open(config)));
    const sources = await Promise.all(opening ?? []);
    await Promise.all(sources.map(source => source.restore()));
    if (!isOffline) await fetchAll(sources, context);
    for (const source of sources) checkCopy(source, isOffline);
    const find = (key: string | undefined): RemoteSource | undefined =>
      sources.find(({ config }) => config.key === key);
    const addressOf = (file: string): string => {
      const source = find(sourceKeyOf(file));
      // Without the type, as --source takes it.
      const location = source?.locationOf?.(file)?.replace(/^url:/, '');
      return location ?? source?.displayPath(file) ?? file;
    };
    const filesOver = (fileSystem: FileSystem): FileSystem =>
      sources.length ? sourcesFileSystem(fileSystem, key => find(key)?.fileSystem) : fileSystem;
    return {
      sources,
      context: { ...context, fileSystem: filesOver(context.fileSystem) },
      fetchMissing: async () => !isOffline && fetchMissing(sources, context),
      filesOver,
      addressOf,
      withAddresses: problems => problems.map(problem => withAddress(problem, addressOf)),
      dispose: () => store.dispose(),
    };
  } catch (error) {
    store.dispose();
    throw error;
  }
}

/** Fetches all sources in parallel; a failed one keeps its copy. */
async function fetchAll(sources: readonly RemoteSource[], context: CommandContext): Promise<void> {
  const { terminal, signal, clock } = context;
  const failures: string[] = [];
  try {
    await Promise.all(
      sources.map(async source => {
        const { name, fetchedAt } = source;
        try {
          await source.fetch({
            signal,
            onProgress: message => terminal.showProgress(`${name}: ${message}`),
          });
        } catch (error) {
          signal.throwIfAborted();
          if (fetchedAt === undefined) {
            // Reported after all others, so that all failures are listed and no fetch is aborted.
            failures.push(`${name} can't be fetched: ${messageWithAdvice(error)}`);
            return;
          }
          const age = describeAge(clock.now() - fetchedAt);
          warn(
            terminal,
            `${name} can't be fetched. Using the copy from ${age}: ${messageWithAdvice(error)}`,
          );
        }
      }),
    );
  } finally {
    terminal.showProgress(undefined);
  }
  if (failures.length) throw new FailedError(failures.join('; '));
}

async function fetchMissing(
  sources: readonly RemoteSource[],
  { terminal, signal }: CommandContext,
): Promise<boolean> {
  const fetches = sources
    .filter(({ isPartial }) => isPartial)
    .map(async source => {
      const { name } = source;
      const onProgress = (message: string): void => terminal.showProgress(`${name}: ${message}`);
      try {
        return (await source.fetch({ signal, onProgress, isOnlyMissing: true })).changed;
      } catch (error) {
        signal.throwIfAborted();
        warn(
          terminal,
          `${name} can't be queried for referenced entities: ${messageWithAdvice(error)}`,
        );
        return false;
      }
    });
  return (await Promise.all(fetches)).includes(true);
}

/**
 * Returns a warning with the kinds that a source isn't allowed to bring, and the options that allow them.
 *
 * @returns undefined if it brings all its entities
 */
export function notAllowedWarning(
  name: string,
  { entities, notAllowed }: SourceCounts,
): string | undefined {
  if (notAllowed.length === 0) return undefined;
  const refused = notAllowed.reduce((sum, kind) => sum + kind.entities, 0);
  const kinds = notAllowed.map(({ kind, entities: count }) => `${kind}: ${count}`).join(', ');
  const options = notAllowed.map(({ kind }) => `--source-allow ${kind}`).join(' ');
  return `${name} brings ${entities - refused} of ${plural(entities, 'entity', 'entities')}; ${refused} not allowed (${kinds}). To allow them, use ${options}`;
}

function checkCopy({ name, fetchedAt }: RemoteSource, isOffline: boolean): void {
  if (fetchedAt !== undefined || !isOffline) return;
  throw new FailedError(`${name} has no cached copy. Run the command without --offline first`);
}

function describeAge(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes === 0) return 'a moment ago';
  if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${plural(hours, 'hour')} ago`;
  return `${plural(Math.round(hours / 24), 'day')} ago`;
}

function withAddress(problem: Problem, addressOf: (file: string) => string): Problem {
  const { file, related } = problem;
  return {
    ...problem,
    ...(file !== undefined && { file: addressOf(file) }),
    ...(related && { related: related.map(place => ({ ...place, file: addressOf(place.file) })) }),
  };
}
