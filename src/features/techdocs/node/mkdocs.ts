import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunMkdocsOptions {
  /** Name on the PATH, or a path. */
  readonly program: string;
  /** Path of the config. */
  readonly config: string;
  /** Path of the output folder. MkDocs empties it. */
  readonly target: string;
  /** Build time for TechDocs, in milliseconds since the epoch. */
  readonly time: number;
  /** ETag of the sources, for TechDocs. */
  readonly etag?: string | undefined;
  readonly signal: AbortSignal;
  /** Called with each line of MkDocs' output. */
  readonly onLine: (line: string) => void;
}

/** Thrown if MkDocs can't be started or fails. */
class MkdocsError extends Error {
  override readonly name = 'MkdocsError';
}

/**
 * Runs `mkdocs build`, which executes plugins and hooks of the config: only for trusted workspaces.
 * Completes `techdocs_metadata.json` like TechDocs does.
 *
 * @throws MkdocsError; the signal's reason when it is aborted
 */
export async function runMkdocs(options: RunMkdocsOptions): Promise<void> {
  const { program, config, target, signal, onLine } = options;
  signal.throwIfAborted();
  const child = spawn(program, ['build', '--config-file', config, '--site-dir', target], {
    cwd: dirname(config),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const end = (): void => void child.kill();
  signal.addEventListener('abort', end);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', onLine);
  }
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    if (code !== 0) throw new MkdocsError(`${program} ended with exit code ${code ?? 'none'}`);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof MkdocsError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such program' : (error as Error).message;
    throw new MkdocsError(`${program} could not be started: ${why}`);
  } finally {
    signal.removeEventListener('abort', end);
  }
  await completeMetadata(options);
}

/** Source: `createOrUpdateMetadata` and `storeEtagMetadata` of techdocs-node. */
async function completeMetadata({ target, time, etag }: RunMkdocsOptions): Promise<void> {
  const path = join(target, 'techdocs_metadata.json');
  const written = await readFile(path, 'utf8').catch(() => '{}');
  // Written before the list of files is read, so that the list includes it.
  await writeFile(path, written);
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => relative(target, join(parentPath, name)).replaceAll(sep, '/'))
    .sort();
  const own = JSON.parse(written) as object;
  const metadata = { ...own, build_timestamp: time, engine: 'mkdocs', files };
  await writeFile(
    path,
    `${JSON.stringify(etag === undefined ? metadata : { ...metadata, etag })}\n`,
  );
}
