import type { TemplateFile } from '../../../../api';
import type { OutputFolder } from '../../../../platform/core/ports';
import { writeFiles } from '..';
import type { ProjectChanges } from './applyUpdates';

/**
 * Does all that is to be done to a project, or nothing: what was done is taken back when something cannot be.
 *
 * @param output - the project's folder
 * @throws as `writeFiles` does
 */
export async function writeChanges(
  { write, remove }: ProjectChanges,
  output: OutputFolder,
  signal: AbortSignal,
): Promise<void> {
  const removed: TemplateFile[] = [];
  try {
    // What was a file can be a folder in the next version.
    for (const path of remove) {
      signal.throwIfAborted();
      const entry = await output.find(path);
      const content = entry?.type === 'file' ? await output.read(path) : undefined;
      if (!entry || !content) continue;
      await output.remove(path);
      removed.push({ path, content, isExecutable: entry.isExecutable });
    }
    const files = [...write].map(([path, file]): TemplateFile => ({ path, ...file }));
    await writeFiles(files, output, { signal });
  } catch (error) {
    for (const { path, content, isExecutable } of removed) {
      await output.write(path, content, { isExecutable });
    }
    throw error;
  }
}
