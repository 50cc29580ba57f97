import type { LoadedTemplate } from '../../../../api';
import { dirnameUri, errorMessage, joinUri } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { decodeText, enclosingRepository } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { defaultCatalogOptions, placeholders } from '../../../catalog/core';
import { InputError } from '../../../scm/core/forgeFiles';
import {
  type ReadTemplate,
  readTemplates,
  templateSummary,
  validTemplate,
  writtenTemplates,
} from './readTemplate';

export interface FoundTemplate extends ReadTemplate {
  /** URI of the file. */
  readonly file: string;
}

/** Names of Template files in a folder. */
const NAMES = ['template.yaml', 'template.yml', 'catalog-info.yaml'];

/**
 * Finds the Template of a file or folder and resolves its placeholders.
 * @param uri - of the file or folder
 * @param path - for messages
 * @throws InputError if there is none, more than one, or an invalid one
 */
export async function findTemplate(
  uri: string,
  path: string,
  fileSystem: FileSystem,
): Promise<FoundTemplate> {
  const stat = await fileSystem.stat(uri);
  if (!stat) throw new InputError(`File ${path} doesn't exist`);
  const files = stat.type === 'directory' ? NAMES.map(name => joinUri(uri, name)) : [uri];
  for (const file of files) {
    if ((await fileSystem.stat(file))?.type !== 'file') continue;
    const templates: ReadTemplate[] = [];
    try {
      for (const written of writtenTemplates(decodeText(await fileSystem.readFile(file)))) {
        const boundary = await boundaryOf(file, fileSystem);
        templates.push(await resolveTemplate(written, { file, boundary, fileSystem }));
      }
    } catch (error) {
      const reason = errorMessage(error);
      throw new InputError(`Can't run ${path}: ${reason}`);
    }
    const [template, ...others] = templates;
    if (!template) continue;
    if (others.length > 0) {
      const refs = templates.map(({ ref }) => ref).join(', ');
      throw new InputError(`There is more than one template in ${path}: ${refs}`);
    }
    return { ...template, file };
  }
  throw new InputError(`There is no template of scaffolder.backstage.io/v1beta3 in ${path}`);
}

async function boundaryOf(file: string, fileSystem: FileSystem): Promise<string> {
  const folder = dirnameUri(file);
  return (await enclosingRepository(folder, fileSystem)) ?? folder;
}

/**
 * Resolves the placeholders of a Template and validates it.
 * @param place - the URIs of its file and of the folder that its placeholders may read
 * @throws InputError for an invalid Template, or a placeholder that is broken or points outside the boundary
 */
export async function resolveTemplate(
  written: JsonObject,
  {
    file,
    boundary,
    fileSystem,
  }: { readonly file: string; readonly boundary: string; readonly fileSystem: FileSystem },
): Promise<ReadTemplate> {
  const { value, issues } = await placeholders.resolvePlaceholders(written, {
    fileSystem,
    base: file,
    boundary,
    maxFileSize: defaultCatalogOptions.maxFileSize,
  });
  const [issue] = issues;
  if (issue) throw new InputError(issue.message);
  return validTemplate(value);
}

/**
 * Templates that ship with Callboard, each in its own folder.
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
