import { decodeText } from '../../core/files';
import type { LanguageContext } from '../languageProvider';
import { YamlText } from './yamlText';

/** The text of a file as its editor has it, else as it is on the disk; undefined where it cannot be read. */
export async function fileText(
  uri: string,
  { files, openText }: Pick<LanguageContext, 'files' | 'openText'>,
): Promise<YamlText | undefined> {
  const open = openText(uri);
  if (open) return open;
  try {
    return new YamlText({ uri, version: 0, text: decodeText(await files.readFile(uri)) });
  } catch {
    return undefined;
  }
}
