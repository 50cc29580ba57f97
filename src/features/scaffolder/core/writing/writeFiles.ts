import type { TemplateFile } from '../../../../api';
import { isSameBytes } from '../../../../base';
import type { OutputEntry, OutputFolder } from '../../../../platform/core/ports';

/** Where a project says what it was made from, relative to its folder; not among the files that a Template makes. */
export const RECORD_PATH = '.callboard/template.yaml';

/** Something in a folder that a file of a template would take the place of. */
export interface ReplacedFile {
  readonly path: string;
  /** Whether it is a symbolic link, which would go; what it leads to stays. */
  readonly isLink: boolean;
}

/** What is in a folder is in the way of what is to be written, and must not go. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/**
 * What is there already and holds something else.
 *
 * @throws WriteRefusedError where a folder or a file is in the way; what the folder throws for a path that it does not
 *   take
 */
export async function replacedFiles(
  files: readonly TemplateFile[],
  output: OutputFolder,
): Promise<readonly ReplacedFile[]> {
  const replaced: ReplacedFile[] = [];
  const folders = new Set<string>();
  for (const { path, content } of files) {
    if (!(await checkFolders(path, output, folders))) continue;
    const entry = await output.find(path);
    const isLink = entry?.type === 'link';
    if (entry && entry.type !== 'file' && (!isLink || entry.target === undefined)) {
      throw new WriteRefusedError(
        `${path} cannot be written: ${nameOf(entry)} of that name is there already`,
      );
    }
    const before = isLink ? undefined : await output.read(path);
    if (isLink || (before && !isSameBytes(before, content))) replaced.push({ path, isLink });
  }
  return replaced;
}

/**
 * @param known - folders that were found, which is added to
 * @returns whether the folders that a file lies in are all there
 * @throws WriteRefusedError where one of them is something else
 */
async function checkFolders(
  path: string,
  output: OutputFolder,
  known: Set<string>,
): Promise<boolean> {
  const segments = path.split('/').slice(0, -1);
  for (const [index] of segments.entries()) {
    const folder = segments.slice(0, index + 1).join('/');
    if (known.has(folder)) continue;
    const entry = await output.find(folder);
    if (!entry) return false;
    if (entry.type !== 'directory') {
      throw new WriteRefusedError(
        `${path} cannot be written: ${folder} is ${nameOf(entry)} and no folder`,
      );
    }
    known.add(folder);
  }
  return true;
}

function nameOf({ type }: OutputEntry): string {
  const names = { directory: 'a folder', link: 'a symbolic link', file: 'a file' };
  return type === 'unknown' ? 'something else' : names[type];
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Called with how many have been written. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Writes all files, or none: what was written is taken back when one of them cannot be.
 *
 * @returns takes all of it back
 * @throws WriteRefusedError where two of them are one to the folder, or a file is where one of them needs a folder; what the
 *   folder throws; AbortError when the signal is aborted
 */
export async function writeFiles(
  files: readonly TemplateFile[],
  output: OutputFolder,
  { signal, onProgress }: WriteOptions,
): Promise<() => Promise<void>> {
  const undone: (() => Promise<void>)[] = [];
  const undo = async (): Promise<void> => {
    for (const takeBack of undone.splice(0).reverse()) {
      await takeBack().catch(() => {
        // The others are taken back all the same, and what went wrong first is what is told.
      });
    }
  };
  const folders = new Set<string>();
  /** By what they are called where upper and lower case are alike. */
  const spellings = new Map<string, string>();
  try {
    for (const [index, { path, content, isExecutable }] of files.entries()) {
      signal.throwIfAborted();
      onProgress?.(index);
      const before = await output.find(path);
      await checkSpelling(path, output, spellings);
      // A folder to write into would be made in the place of a file.
      await checkFolders(path, output, folders);
      undone.push(await undoOf(path, before, output));
      await output.write(path, content, { isExecutable });
    }
    return undo;
  } catch (error) {
    await undo();
    throw error;
  }
}

/** @throws WriteRefusedError for a name that was given to another file already, where the disk does not tell them apart */
async function checkSpelling(
  path: string,
  output: OutputFolder,
  spellings: Map<string, string>,
): Promise<void> {
  const segments = path.split('/');
  for (const [index] of segments.entries()) {
    const spelled = segments.slice(0, index + 1).join('/');
    const folded = spelled.normalize('NFC').toLowerCase().toUpperCase();
    const other = spellings.get(folded);
    const isFolder = index + 1 < segments.length;
    if (other === undefined) {
      spellings.set(folded, isFolder ? `${spelled}/` : spelled);
      continue;
    }
    const isSame = other === (isFolder ? `${spelled}/` : spelled);
    // Two folders become one, with the files of both.
    if (isSame || (isFolder && other.endsWith('/'))) continue;
    if (!(await output.find(spelled))) continue;
    throw new WriteRefusedError(
      `${other.replace(/\/$/, '')} and ${spelled} cannot both be written: the disk does not tell upper and lower case apart`,
    );
  }
}

async function undoOf(
  path: string,
  before: OutputEntry | undefined,
  output: OutputFolder,
): Promise<() => Promise<void>> {
  const { target } = before ?? {};
  if (before?.type === 'link' && target !== undefined) {
    return async () => output.writeLink?.(path, target);
  }
  const content = before?.type === 'file' ? await output.read(path) : undefined;
  if (!before || !content) return () => output.takeBack(path);
  return () => output.write(path, content, { isExecutable: before.isExecutable });
}
