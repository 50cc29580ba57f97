import { decodeText } from '../../../../platform/core/files';
import type { LanguageContext } from '../languageProvider';
import { YamlText } from './yamlText';

/** Returns the text of a file from its editor, else from disk; undefined if it can't be read. */
export async function fileText(
  uri: string,
  context: Pick<LanguageContext, 'files' | 'openText'>,
): Promise<YamlText | undefined> {
  return context.openText(uri) ?? readText(uri, context);
}

/**
 * Returns a file's text from disk; undefined if it doesn't exist or can't be read.
 *
 * @param previous - an earlier state of the same file, whose unchanged documents are reused
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
    // Gone or unreadable, which the catalog reports: the caller does without it.
    return undefined;
  }
}
