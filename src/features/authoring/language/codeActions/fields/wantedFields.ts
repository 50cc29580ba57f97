import type { Problem } from '../../../../../model';
import { type KindRegistry, validateEntity } from '../../../../../model/validation';
import { withoutField } from '../../../core/edits';
import { objectionsTo } from '../refs/objections';
import { valueAt } from './valueAt';

/** A field that a schema objects to, as it is not there or holds nothing. */
export interface WantedField {
  readonly path: readonly string[];
  /** As the problem has it that tells of the field. */
  readonly message: string;
  /** Whether its key is there, with nothing behind it. */
  readonly isEmpty: boolean;
  /** Whether the kind demands it, without which it had better not be there; undefined where nobody can tell. */
  readonly isDemanded: boolean | undefined;
}

/**
 * Fields of maps; what items of lists lack, nobody can guess.
 *
 * @param problems - what the engine says of the document
 */
export function wantedFields(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[] = [],
): readonly WantedField[] {
  return objectionsTo(document, kinds, problems).flatMap((issue): readonly WantedField[] => {
    const { path, missing, message, isTold } = issue;
    if (path.some(segment => typeof segment === 'number')) return [];
    const keys = path.map(String);
    if (missing !== undefined) {
      return [{ path: [...keys, missing], message, isEmpty: false, isDemanded: true }];
    }
    if (!keys.length || !isNothing(valueAt(document, keys))) return [];
    const isDemanded = isTold ? undefined : demandOf(keys, document, kinds);
    return [{ path: keys, message, isEmpty: true, isDemanded }];
  });
}

/** `key:` alone is null. */
function isNothing(value: unknown): boolean {
  return value === null || value === '';
}

function demandOf(path: readonly string[], document: unknown, kinds: KindRegistry): boolean {
  const field = path.join('.');
  return validateEntity(withoutField(document, path), { kinds }).some(
    issue => issue.missing !== undefined && [...issue.path, issue.missing].join('.') === field,
  );
}
