import type { FormError, FormField } from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import type { ValuePath } from '../../../../../src/model/forms';
import type { SendRequest } from '../../../../shared/host/appRequest';

/** What a field is drawn with. */
export interface FieldContext {
  readonly editor: FormEditor;
  readonly request: SendRequest;
}

export type ControlOf<T extends FormField['control']['type']> = Extract<
  FormField['control'],
  { type: T }
>;

/** Draws a field with a type of control. */
export type Draw<T extends FormField['control']['type']> = (
  field: FormField,
  control: ControlOf<T>,
  context: FieldContext,
) => unknown;

/** What stands in the box of a value. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the fields of a form need of the form that they are in. */
export interface FormEditor {
  valueOf(path: ValuePath): JsonValue | undefined;
  /** @param isTyping - whether more is likely to come at once */
  set(field: FormField, value: JsonValue | undefined, isTyping?: boolean): void;
  /** Puts something else at a place: an item of a list, or a field that the user names. */
  setAt(path: ValuePath, value: JsonValue | undefined): void;
  chooseVariant(key: string, index: number): void;
  secretOf(name: string): string;
  setSecret(field: FormField, name: string, secret: string): void;
  /** Those that are to be shown by now. */
  errorsAt(path: ValuePath): readonly FormError[];
  /** Somebody is done with a field, for now. */
  left(path: ValuePath): void;
}
