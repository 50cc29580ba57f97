import { joinUri, relativePath } from '../../../base';
import type { FileSystem } from '../ports';
import { decodeText, isMissing } from './fileAccess';
import { fileReason } from './fileReason';

export type LocalRead =
  | {
      readonly type: 'text';
      readonly text: string;
      /** The file's path in the boundary where symbolic links lead to another place. */
      readonly linkedPlace?: string;
    }
  | { readonly type: 'missing' }
  | { readonly type: 'outside' }
  | { readonly type: 'failed'; readonly message: string };

/** Reads a file inside a boundary, also through symbolic links. */
export async function readWithin(
  fileSystem: FileSystem,
  { uri, boundary, maxSize }: { uri: string; boundary: string; maxSize: number },
): Promise<LocalRead> {
  try {
    const stat = await fileSystem.stat(uri);
    if (!stat) return { type: 'missing' };
    if (stat.type === 'directory') return { type: 'failed', message: 'it is a folder' };
    if (stat.size > maxSize) {
      return { type: 'failed', message: `it is larger than ${maxSize} bytes` };
    }
    const [real, realBoundary] = await Promise.all([
      fileSystem.realPath(uri),
      fileSystem.realPath(boundary),
    ]);
    const path = relativePath(realBoundary, real);
    if (path === undefined) return { type: 'outside' };
    const text = decodeText(await fileSystem.readFile(uri));
    const place = real === uri ? uri : joinUri(boundary, path);
    return { type: 'text', text, ...(place !== uri && { linkedPlace: place }) };
  } catch (error) {
    if (isMissing(error)) return { type: 'missing' };
    return { type: 'failed', message: fileReason(error) };
  }
}
