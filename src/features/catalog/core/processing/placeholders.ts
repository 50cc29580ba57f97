import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { resolveReference } from '../locations';
import {
  invalid,
  notRead,
  outsideRepository,
  PlaceholderError,
  type PlaceholderReading,
  type PlaceholderResult,
  replacePlaceholdersIn,
} from './placeholderResolution';

export interface PlaceholderContext {
  readonly fileSystem: FileSystem;
  /** URI of the file with the value. */
  readonly base: string;
  /** URI of the folder. Files outside it aren't read. */
  readonly boundary: string;
  /** Maximum size of files, in bytes. */
  readonly maxFileSize: number;
}

/**
 * Replaces placeholders with local files. Unlike the server, it resolves them relative to local
 * files, and keeps a missing or remote one with a warning instead of failing the entity.
 */
export async function resolvePlaceholders(
  value: unknown,
  { fileSystem, base, boundary, maxFileSize }: PlaceholderContext,
): Promise<PlaceholderResult> {
  const dependencies = new Set<string>();
  const read: PlaceholderReading = async (key, reference, from) => {
    const target = resolveReference(reference, { base: from, boundary });
    if (target.type === 'remote') throw notRead(key, reference);
    if (target.type === 'outside') throw outsideRepository(key, reference);
    dependencies.add(target.uri);
    const read = await readWithin(fileSystem, { uri: target.uri, boundary, maxSize: maxFileSize });
    switch (read.type) {
      case 'text':
        if (read.linkedPlace !== undefined) dependencies.add(read.linkedPlace);
        return { text: read.text, uri: target.uri };
      case 'outside':
        throw outsideRepository(key, reference);
      case 'missing':
        throw new PlaceholderError(
          'placeholder-missing',
          `Placeholder ${key} could not read location ${reference}, NotFoundError: there is no such file`,
        );
      case 'failed':
        throw invalid(
          `Placeholder ${key} could not read location ${reference}, Error: ${read.message}`,
        );
    }
  };
  const result = await replacePlaceholdersIn(value, { base, read });
  return { ...result, dependencies: [...dependencies] };
}
