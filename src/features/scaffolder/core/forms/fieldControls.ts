import type { JsonObject, JsonValue } from '../../../../model';
import type { FormControl, FormOption } from './formField';
import { textControl } from './pickers';
import { listOf, numberOf, textOf } from './schemas/jsonParts';
import { equals, selectOptions, typeOf } from './schemas/schemas';

/** What there is to say of a field besides its schema. */
export interface FieldLooks {
  /** Its `ui:options`, and whatever else begins with `ui:`. */
  readonly ui: JsonObject;
  readonly widget: string | undefined;
}

/** The control for a value that holds no others; undefined where it may hold some, or be anything. */
export function simpleControl(
  schema: JsonObject,
  { ui, widget }: FieldLooks,
): FormControl | undefined {
  const type = typeOf(schema);
  const style = widget === 'radio' || widget === 'select' ? widget : undefined;
  if (type === 'boolean') {
    const options = optionsOf(schema, ui);
    const labelOf = (value: boolean): string | undefined =>
      options?.find(option => option.value === value)?.label;
    return {
      type: 'flag',
      style: style ?? 'checkbox',
      labels: { yes: labelOf(true), no: labelOf(false) },
    };
  }
  const options = optionsOf(schema, ui);
  if (options && type !== 'object' && type !== 'array') {
    return { type: 'choice', style: style ?? 'select', options };
  }
  if (type === 'string') {
    const rows = numberOf(ui['rows']);
    return textControl(textStyle(widget, textOf(schema['format'])), schema, rows);
  }
  if (type !== 'number' && type !== 'integer') return undefined;
  return {
    type: 'number',
    style: widget === 'updown' || widget === 'range' ? widget : 'line',
    isInteger: type === 'integer',
    minimum: numberOf(schema['minimum']),
    maximum: numberOf(schema['maximum']),
    step: numberOf(schema['multipleOf']),
  };
}

/** Any of the values that the items of a list may have. */
export function choicesControl(items: JsonObject, { ui, widget }: FieldLooks): FormControl {
  return {
    type: 'choices',
    style: widget === 'checkboxes' ? 'checkboxes' : 'select',
    options: optionsOf(items, ui) ?? [],
  };
}

/** Source: `optionsList` of `@rjsf/utils` 5.24. */
function optionsOf(schema: JsonObject, ui: JsonObject): readonly FormOption[] | undefined {
  const names = listOf(ui['enumNames'] ?? schema['enumNames']);
  const disabled = listOf(ui['enumDisabled']);
  return selectOptions(schema)?.map(({ value, schema: { title, description } }, index) => ({
    value,
    label: textOf(title) ?? textOf(names[index]) ?? labelOf(value),
    description: textOf(description),
    isDisabled: disabled.some(one => equals(one, value)),
  }));
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type TextStyle = Extract<FormControl, { type: 'text' }>['style'];

const styles: ReadonlyMap<string, TextStyle> = new Map<string, TextStyle>([
  ['textarea', 'area'],
  ['password', 'password'],
  ['email', 'email'],
  ['uri', 'url'],
  ['url', 'url'],
  ['date', 'date'],
  ['datetime', 'dateTime'],
  ['date-time', 'dateTime'],
  ['time', 'time'],
  ['color', 'color'],
]);

function textStyle(widget: string | undefined, format: string | undefined): TextStyle {
  return styles.get(widget ?? '') ?? styles.get(format ?? '') ?? 'line';
}
