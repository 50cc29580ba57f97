import { decodeText } from '../../../../platform/core/files';
import type { LanguageContext } from '../languageProvider';
import { YamlText } from './yamlText';

/** The text of a file as its editor has it, else as it is on the disk; undefined where it cannot be read. */
export async function fileText(
  uri: string,
  context: Pick<LanguageContext, 'files' | 'openText'>,
): Promise<YamlText | undefined> {
  return context.openText(uri) ?? readText(uri, context);
}

/**
 * A file as it is on the disk; undefined where it is gone by now, or cannot be read.
 *
 * @param previous - an earlier state of the same file, whose documents need not be read again
 */
export async function readText(
  uri: string,
  { files }: Pick<LanguageContext, 'files'>,
  previous?: YamlText,
): Promise<YamlText | undefined> {
  try {
    const text = decodeText(await files.readFile(uri));
    return new YamlText({ uri, version: 0, text }, previous);
  } catch {
    return undefined;
  }
}
