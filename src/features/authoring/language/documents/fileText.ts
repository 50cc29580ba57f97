import type { LanguageContext } from '../languageProvider';
import { readText } from './readText';
import type { YamlText } from './yamlText';

/** The text of a file as its editor has it, else as it is on the disk; undefined where it cannot be read. */
export async function fileText(
  uri: string,
  context: Pick<LanguageContext, 'files' | 'openText'>,
): Promise<YamlText | undefined> {
  return context.openText(uri) ?? readText(uri, context);
}
