import type { FormField } from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import type { SendRequest } from '../../../../shared/host/appRequest';
import type { FormEditor } from '../formEditor';

/** What a field is drawn with. */
export interface FieldContext {
  readonly editor: FormEditor;
  readonly request: SendRequest;
}

export type Draw<T> = (field: FormField, control: T, context: FieldContext) => unknown;

/** What stands in the box of a value. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
