import type { Result } from '../../../../base';
import { TECHDOCS_REF } from '../../../../model/presentation';
import { type FieldRefusal, type OffsetEdit, setField } from '../../../authoring/core/edits';

/** What an entity says whose docs lie beside its descriptor. */
export const DOCS_ANNOTATION = `${TECHDOCS_REF}: dir:.`;

/**
 * The smallest edit that has an entity say that its docs lie beside its descriptor; undefined where it says so.
 *
 * @param target - which entity of a file, as `setField` takes it
 */
export function docsAnnotationEdit(
  text: string,
  target: { readonly document: number; readonly kind?: string; readonly name?: string },
): Result<OffsetEdit | undefined, FieldRefusal> {
  return setField(text, {
    ...target,
    path: ['metadata', 'annotations', TECHDOCS_REF],
    value: 'dir:.',
  });
}
