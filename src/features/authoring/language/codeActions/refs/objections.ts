import type { Problem } from '../../../../../model';
import {
  type KindRegistry,
  readSchemaIssue,
  type SchemaIssue,
  validateEntity,
} from '../../../../../model/validation';

/** What a schema objects to. */
export interface Objection extends SchemaIssue {
  /** Whether the engine alone has the schema. */
  readonly isTold: boolean;
}

/**
 * What schemas object to in a document. Those of the organisation's kinds are with the engine alone, whose
 * problems say what they object to.
 */
export function objectionsTo(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[],
): readonly Objection[] {
  const issues = validateEntity(document, { kinds }).map(issue => ({ ...issue, isTold: false }));
  const known = new Set(issues.map(({ message }) => message));
  return [
    ...issues,
    ...problems.flatMap(({ code, message }): readonly Objection[] => {
      const isTold = code === 'invalid-spec' && !known.has(message);
      const issue = isTold ? readSchemaIssue(message, document) : undefined;
      return issue ? [{ ...issue, isTold }] : [];
    }),
  ];
}
