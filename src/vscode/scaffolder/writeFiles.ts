import type { TemplateFile } from '../../api';
import type { OutputFolder } from '../../core/ports';

/** Paths of files that are there already and hold something else. */
export async function replacedFiles(
  files: readonly TemplateFile[],
  output: OutputFolder,
): Promise<readonly string[]> {
  const replaced: string[] = [];
  if (!(await output.list())?.length) return replaced;
  for (const { path, content } of files) {
    const before = await output.read(path);
    if (before && !isEqual(before, content)) replaced.push(path);
  }
  return replaced;
}

/**
 * Writes all files, or none: what was written is taken back when one of them cannot be.
 *
 * @throws what the folder throws; AbortError when the signal is aborted
 */
export async function writeFiles(
  files: readonly TemplateFile[],
  output: OutputFolder,
  signal: AbortSignal,
): Promise<void> {
  const isNew = !(await output.list())?.length;
  const before = new Map<string, Uint8Array | undefined>();
  try {
    for (const { path, content, isExecutable } of files) {
      signal.throwIfAborted();
      before.set(path, isNew ? undefined : await output.read(path));
      await output.write(path, content, { isExecutable });
    }
  } catch (error) {
    for (const [path, content] of before) {
      if (content) await output.write(path, content);
      else await output.remove(path);
    }
    throw error;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
