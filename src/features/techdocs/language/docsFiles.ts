import { dirnameUri, isWithin, joinUri } from '../../../base';
import { decodeText } from '../../../platform/core/files';
import type { LanguageContext } from '../../authoring/language';

const CONFIG_NAMES = ['mkdocs.yaml', 'mkdocs.yml'];

/** URIs of the configs above a file, the nearest first; none that lies above what the file belongs to. */
export async function* configsAbove(uri: string, context: LanguageContext): AsyncGenerator<string> {
  const boundary = context.boundaryOf(uri);
  for (
    let folder = dirnameUri(uri);
    isWithin(boundary, folder) && dirnameUri(folder) !== folder;
    folder = dirnameUri(folder)
  ) {
    for (const name of CONFIG_NAMES) {
      const config = joinUri(folder, name);
      if (!(await isFile(config, context))) continue;
      yield config;
      break;
    }
  }
}

export async function textOf(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<string | undefined> {
  try {
    return decodeText(await files.readFile(uri));
  } catch {
    return undefined;
  }
}

export async function isFile(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
): Promise<boolean> {
  const stat = await files.stat(uri).catch(() => undefined);
  return stat?.type === 'file';
}
