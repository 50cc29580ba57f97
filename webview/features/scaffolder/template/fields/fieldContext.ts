import type { FormError, FormField } from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import type { ValuePath } from '../../../../../src/model/forms';
import type { SendRequest } from '../../../../shared/host/appRequest';

/** Context for rendering a field. */
export interface FieldContext {
  readonly editor: FormEditor;
  readonly request: SendRequest;
}

export type ControlOf<T extends FormField['control']['type']> = Extract<
  FormField['control'],
  { type: T }
>;

/** Renders a field with a type of control. */
export type Draw<T extends FormField['control']['type']> = (
  field: FormField,
  control: ControlOf<T>,
  context: FieldContext,
) => unknown;

/** Text of a value for its input. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Operations of the form for its fields. */
export interface FormEditor {
  valueOf(path: ValuePath): JsonValue | undefined;
  /** @param isTyping - whether more input is likely to follow */
  set(field: FormField, value: JsonValue | undefined, isTyping?: boolean): void;
  /** Sets a value at a path: a list item, or a field that the user named. */
  setAt(path: ValuePath, value: JsonValue | undefined): void;
  chooseVariant(key: string, index: number): void;
  secretOf(name: string): string;
  setSecret(field: FormField, name: string, secret: string): void;
  /** Errors that are visible by now. */
  errorsAt(path: ValuePath): readonly FormError[];
  /** Called when a field loses the focus. */
  left(path: ValuePath): void;
}
