import type { TemplateFile } from '../../../../api';
import { basenameUri, dirnameUri } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { OutputFolder, Undo } from '../../../../platform/core/ports';
import { writeFiles, type WriteOptions } from '../writing/writeFiles';
import type { LocationEdit } from './registration';

export interface WritePublishedOptions extends WriteOptions {
  /** Edit of a Location, if there is one. */
  readonly location: LocationEdit | undefined;
  /** @param folder - URI */
  readonly openOutput: (folder: string) => Promise<OutputFolder>;
}

/**
 * Writes the files of a run and the Location that points to them, or nothing.
 * @throws as `writeFiles` does, and Error if the Location's file has changed
 */
export async function writePublished(
  files: readonly TemplateFile[],
  output: OutputFolder,
  { location, openOutput, ...options }: WritePublishedOptions,
): Promise<Undo> {
  const undo = await writeFiles(files, output, options);
  if (!location) return undo;
  try {
    const folder = await openOutput(dirnameUri(location.file));
    const path = basenameUri(location.file);
    const before = await folder.read(path);
    if (!before || decodeText(before) !== location.before) {
      throw new Error(`${path} has changed, so the Location ${location.location} was not updated`);
    }
    const { isExecutable = false } = (await folder.find(path)) ?? {};
    const content = new TextEncoder().encode(`${byteOrderMarkOf(before)}${location.after}`);
    const undoLocation = await writeFiles([{ path, content, isExecutable }], folder, options);
    return async () => {
      await undoLocation();
      await undo();
    };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** The byte order mark of a text, which decoding removes. */
function byteOrderMarkOf(content: Uint8Array): string {
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? '\ufeff' : '';
}
