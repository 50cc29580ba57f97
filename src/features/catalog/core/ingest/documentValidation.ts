import type { CatalogProcessor } from '../../../../api';
import type { Entity } from '../../../../model';
import { validateEntity, type ValidationIssue } from '../../../../model/validation';
import type { PlaceholderResult } from '../processing/placeholderResolution';
import type { SortedEntity } from '../processing/references';
import { isAtOrBelow, replaceAt } from './documentValue';
import type { IngestContext } from './ingestContext';

/** Stands for a text that was not read; schemas want it not to be empty. */
const UNREAD_TEXT = '(not read)';

/**
 * Validates what placeholders that were not read leave unknown as a text, which is what they
 * nearly always stand for. Where the schema wants a structure in their place, nobody can say
 * whether the entity is valid: it is withheld, and the warnings about the placeholders say why.
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

/** A processor that vouches for the entity makes up for a kind that nobody else knows. */
function unlessVouchedFor(
  entity: Entity,
  issues: readonly ValidationIssue[],
  processors: readonly CatalogProcessor[],
): readonly ValidationIssue[] {
  const vouches = (processor: CatalogProcessor): boolean => {
    try {
      return processor.validateEntityKind?.(entity) ?? false;
    } catch {
      // Its failure shows in pre- or postprocessing; here it only cannot vouch.
      return false;
    }
  };
  if (issues[0]?.stage !== 'unknown-kind') return issues;
  return processors.some(vouches) ? [] : issues;
}
