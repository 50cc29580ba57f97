import type { JsonObject } from '../../../../model';
import { InputError } from '../forgeFiles';
import { textsOf } from './readInput';

/**
 * Source: `assertValidTargetPath` of the module for GitHub 0.10, message included.
 *
 * @throws InputError for a path that leads out of a repository
 */
export function checkPathInRepository(path: string, name: string): void {
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new InputError(
      `Invalid ${name} '${path}': must be a relative path within the target repository, without '..' segments`,
    );
  }
}

/** What a step wants to have taken away, by its paths in the repository. */
export function pathsToDelete(input: JsonObject, target: string | undefined): readonly string[] {
  return (textsOf(input, 'filesToDelete') ?? []).map(path => {
    checkPathInRepository(path, 'filesToDelete entry');
    return [...(target ?? '').split('/'), ...path.split('/')]
      .filter(segment => segment !== '' && segment !== '.')
      .join('/');
  });
}
