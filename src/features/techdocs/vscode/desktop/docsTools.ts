import type { OutputFolder } from '../../../../platform/core/ports';
import { fileUriToPath, loadOutputFolder } from '../../../../platform/node';
import { runMkdocs as runProgram } from '../../node';
import type { MkdocsRun } from '../docsTools';

export { DocsCompletion } from '../docsCompletion';
export { HeadingRenames } from '../headingRenames';

export async function openOutput(folder: string): Promise<OutputFolder | undefined> {
  if (!folder.startsWith('file:')) return undefined;
  const { NodeOutputFolder } = await loadOutputFolder();
  return new NodeOutputFolder(fileUriToPath(folder));
}

export async function runMkdocs({ config, target, ...run }: MkdocsRun): Promise<void> {
  const paths = { config: fileUriToPath(config), target: fileUriToPath(target) };
  await runProgram({ ...run, ...paths });
}
