import type { CatalogProcessor } from '../../../../api';
import type { Entity } from '../../../../model';
import { validateEntity, type ValidationIssue } from '../../../../model/validation';
import type { PlaceholderResult } from '../processing/placeholderResolution';
import type { SortedEntity } from '../processing/references';
import { isAtOrBelow, replaceAt } from './documentValue';
import type { IngestContext } from './ingestContext';

/** Substitute for unread texts; nonempty, as schemas require. */
const UNREAD_TEXT = '(not read)';

/**
 * Validates an entity with texts in place of unread placeholders, which nearly always stand for
 * texts. If the schema requires a structure there, validity is unknown: the entity is withheld, and
 * the placeholders' warnings explain it.
 */
export function validateSorted(
  sorted: SortedEntity,
  { unread }: PlaceholderResult,
  { kinds, processors }: Pick<IngestContext, 'kinds' | 'processors'>,
): { readonly issues: readonly ValidationIssue[]; readonly withheld: boolean } {
  const { entity } = sorted;
  const validate = (substitute: unknown): readonly ValidationIssue[] => {
    const issues = validateEntity(replaceAt(entity, unread, substitute), { kinds });
    return unlessVouchedFor(entity, issues, processors).map(issue => ({
      ...issue,
      path: sorted.writtenPath(issue.path),
    }));
  };
  const issues = validate(UNREAD_TEXT);
  if (!issues.length || !unread.length) return { issues, withheld: false };
  const known = validate({}).filter(({ path }) => !unread.some(place => isAtOrBelow(path, place)));
  return { issues: known, withheld: known.length === 0 };
}

/** Removes an unknown-kind issue if a processor accepts the kind. */
function unlessVouchedFor(
  entity: Entity,
  issues: readonly ValidationIssue[],
  processors: readonly CatalogProcessor[],
): readonly ValidationIssue[] {
  const vouches = (processor: CatalogProcessor): boolean => {
    try {
      return processor.validateEntityKind?.(entity) ?? false;
    } catch {
      // Its failure is reported in pre- or postprocessing.
      return false;
    }
  };
  if (issues[0]?.stage !== 'unknown-kind') return issues;
  return processors.some(vouches) ? [] : issues;
}
