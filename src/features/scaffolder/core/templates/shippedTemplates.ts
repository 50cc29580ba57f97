import type { LoadedTemplate } from '../../../../api';
import { joinUri } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { readTemplates } from './readTemplate';
import { templateSummary } from './templateSummary';

/**
 * The Templates that come with Callboard, each in a folder of its own.
 *
 * @param folder - URI
 */
export async function readShippedTemplates(
  folder: string,
  fileSystem: Pick<FileSystem, 'readDirectory' | 'readFile' | 'stat'>,
): Promise<readonly Omit<LoadedTemplate, 'actions'>[]> {
  const templates: Omit<LoadedTemplate, 'actions'>[] = [];
  for (const { name, type } of await fileSystem.readDirectory(folder)) {
    const file = joinUri(folder, `${name}/template.yaml`);
    if (type !== 'directory' || !(await fileSystem.stat(file))) continue;
    for (const { ref, entity } of readTemplates(decodeText(await fileSystem.readFile(file)))) {
      templates.push({ ...templateSummary(entity, { ref, file, isShipped: true }), entity });
    }
  }
  return templates;
}
