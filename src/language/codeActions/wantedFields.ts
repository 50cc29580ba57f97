import { withoutField } from '../../core/edits';
import { type KindRegistry, validateEntity } from '../../model/validation';
import { valueAt } from './valueAt';

/** A field that a schema objects to, as it is not there or holds nothing. */
export interface WantedField {
  readonly path: readonly string[];
  /** As the problem has it that tells of the field. */
  readonly message: string;
  /** Whether its key is there, with nothing behind it. */
  readonly isEmpty: boolean;
  /** Whether the kind demands it; without it, the field had better not be there. */
  readonly isDemanded: boolean;
}

/** Fields of maps; what items of lists lack, nobody can guess. */
export function wantedFields(document: unknown, kinds: KindRegistry): readonly WantedField[] {
  return validateEntity(document, { kinds }).flatMap((issue): readonly WantedField[] => {
    const { path, missing, message } = issue;
    if (path.some(segment => typeof segment === 'number')) return [];
    const keys = path.map(String);
    if (missing !== undefined) {
      return [{ path: [...keys, missing], message, isEmpty: false, isDemanded: true }];
    }
    if (!keys.length || !isNothing(valueAt(document, keys))) return [];
    return [{ path: keys, message, isEmpty: true, isDemanded: isDemanded(document, keys, kinds) }];
  });
}

/** `key:` alone is null. */
function isNothing(value: unknown): boolean {
  return value === null || value === '';
}

function isDemanded(document: unknown, path: readonly string[], kinds: KindRegistry): boolean {
  const field = path.join('.');
  return validateEntity(withoutField(document, path), { kinds }).some(
    issue => issue.missing !== undefined && [...issue.path, issue.missing].join('.') === field,
  );
}
