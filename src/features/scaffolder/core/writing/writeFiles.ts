import type { TemplateFile } from '../../../../api';
import { isSameBytes } from '../../../../base';
import type { OutputEntry, OutputFolder } from '../../../../platform/core/ports';

/** Path of the record in a project. It is not among the files of a Template. */
export const RECORD_PATH = '.callboard/template.yaml';

/** An entry that a file of a template would replace. */
export interface ReplacedFile {
  readonly path: string;
  /** Whether it is a symbolic link. Its target stays. */
  readonly isLink: boolean;
}

/** An existing entry blocks a file and must not be removed. */
export class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/**
 * Existing files with different content.
 * @throws WriteRefusedError if a folder or file blocks a path, and errors of the output folder
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
        `Can't write ${path}: ${nameOf(entry)} with this name already exists`,
      );
    }
    const before = isLink ? undefined : await output.read(path);
    if (isLink || (before && !isSameBytes(before, content))) replaced.push({ path, isLink });
  }
  return replaced;
}

/**
 * @param known - existing folders, updated by this function
 * @returns whether all folders around the file exist
 * @throws WriteRefusedError if one of them is not a folder
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
        `Can't write ${path}: ${folder} is ${nameOf(entry)}, not a folder`,
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
  /** Receives the number of written files. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Writes all files or none. Undoes everything if a file can't be written.
 * @returns a function that undoes it
 * @throws WriteRefusedError for names that differ only in case, or for a file in place of a folder, errors of
 * the output folder, and AbortError
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
        // The first error is reported, and the rest is still undone.
      });
    }
  };
  const folders = new Set<string>();
  /** Written paths by case-insensitive spelling. */
  const spellings = new Map<string, string>();
  try {
    for (const [index, { path, content, isExecutable }] of files.entries()) {
      signal.throwIfAborted();
      onProgress?.(index);
      const before = await output.find(path);
      await checkSpelling(path, output, spellings);
      // The output folder would replace a file with a folder.
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

/** @throws WriteRefusedError for a second spelling of a written name, on a case-insensitive disk */
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
    // Two spellings of a folder are merged.
    if (isSame || (isFolder && other.endsWith('/'))) continue;
    if (!(await output.find(spelled))) continue;
    throw new WriteRefusedError(
      `${other.replace(/\/$/, '')} and ${spelled} can't both be written, because file names on this disk aren't case-sensitive`,
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
  if (!before || !content) return () => output.revertWrite(path);
  return () => output.write(path, content, { isExecutable: before.isExecutable });
}
