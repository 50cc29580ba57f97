import { isRecord, ownValue } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { withDefaults } from './defaults';
import type {
  FieldReview,
  FormControl,
  FormError,
  FormField,
  FormOption,
  ListControl,
  ObjectControl,
} from './formField';
import type { FormScope, Place } from './formScope';
import { pickers, textControl } from './pickers';
import { effectiveSchema } from './schemas/effectiveSchema';
import { listOf, numberOf, objectOf, textOf, textsOf } from './schemas/jsonParts';
import { SchemaErrors } from './schemas/schemaErrors';
import {
  equals,
  guessedType,
  isMultiSelect,
  itemSchemaAt,
  MAX_DEPTH,
  selectOptions,
  typeOf,
} from './schemas/schemas';

interface FieldRequest extends Place {
  readonly name: string;
  /** Title if the schema has none. */
  readonly title: string;
  readonly isRequired: boolean;
  readonly isAdditional?: boolean;
}

/** Reads the fields of a page from its schema, and the errors of their values. */
export class FieldReader {
  readonly #scope: FormScope;
  /** Names of fields on other pages only. */
  readonly #foreign: ReadonlySet<string>;
  readonly #errors: SchemaErrors;

  constructor(scope: FormScope, foreign: ReadonlySet<string>) {
    this.#scope = scope;
    this.#foreign = foreign;
    this.#errors = new SchemaErrors(scope);
  }

  read(values: JsonObject): readonly FormField[] {
    const { root } = this.#scope;
    const schema = effectiveSchema({ type: 'object', ...root }, values, this.#scope);
    const page = this.#object(schema, values, { path: [], nesting: 0, depth: 0 });
    this.#errors.add([], schema, values, page);
    return page.fields;
  }

  /** Errors of the values. Call after `read`. */
  errors(values: JsonObject): readonly FormError[] {
    return this.#errors.all(values);
  }

  #field(
    raw: JsonValue | undefined,
    value: JsonValue | undefined,
    request: FieldRequest,
  ): FormField {
    const schema = effectiveSchema(raw, value, this.#scope);
    const { path, name, isRequired, isAdditional = false } = request;
    const ui = uiOptions(schema);
    const kind = textOf(schema['ui:field']);
    const picker = pickers.get(kind ?? '');
    const field = {
      name,
      schema,
      value,
      options: objectOf(schema['ui:options']),
      hosts: this.#scope.hosts,
    };
    const control =
      picker?.control(field) ??
      this.#control(schema, value, { ...request, ui, isUnknown: kind !== undefined });
    this.#errors.add(path, schema, value, control);
    if (picker?.errors && value !== undefined)
      this.#errors.addPickerErrors(path, picker.errors(field));
    return {
      path,
      title: textOf(ui['title']) ?? textOf(schema['title']) ?? picker?.title ?? request.title,
      isTitleHidden: ui['label'] === false,
      description:
        textOf(ui['description']) ?? textOf(schema['description']) ?? picker?.description,
      help: textOf(ui['help']),
      placeholder: textOf(ui['placeholder']),
      isRequired,
      isReadonly:
        [ui['readonly'], ui['disabled'], schema['readOnly']].includes(true) ||
        schema['const'] !== undefined,
      isFocused: ui['autofocus'] === true,
      value,
      emptyValue: ui['emptyValue'] ?? picker?.emptyValue,
      control,
      unknownField: picker ? undefined : kind,
      isAdditional,
      review: reviewOf(schema),
    };
  }

  #control(
    schema: JsonObject,
    value: JsonValue | undefined,
    request: FieldRequest & { readonly ui: JsonObject; readonly isUnknown: boolean },
  ): FormControl {
    const { ui, depth, isUnknown } = request;
    const widget = textOf(ui['widget']);
    if (widget === 'hidden') return { type: 'hidden' };
    const isTooDeep = depth > MAX_DEPTH;
    const type = typeOf(schema);
    const isOfType = value === undefined || value === null || guessedType(value) === type;
    if (type === 'object' && isOfType && !isUnknown && !isTooDeep) {
      return this.#object(schema, objectOf(value), request);
    }
    const simple = simpleControl(schema, { ui, widget });
    if (simple) return simple;
    if (isTooDeep) return { type: 'json' };
    if (type === 'array' && isOfType && !isUnknown) {
      const items = effectiveSchema(itemSchemaAt(schema, 0), undefined, this.#scope);
      const isChosen = isMultiSelect(schema, items) || widget === 'checkboxes';
      if (isChosen) {
        const style = widget === 'checkboxes' ? widget : 'select';
        return { type: 'choices', style, options: optionsOf(items, ui) ?? [] };
      }
      return this.#list(schema, Array.isArray(value) ? value : [], { ...request, ui });
    }
    return this.#variants(schema, value, request)?.control ?? { type: 'json' };
  }

  #object(schema: JsonObject, value: JsonObject, place: Place): ObjectControl {
    const { path, depth } = place;
    const properties = objectOf(schema['properties']);
    const required = new Set(textsOf(schema['required']));
    const names = orderedNames(Object.keys(properties), textsOf(schema['ui:order']));
    const isRoot = path.length === 0;
    const field = (name: string, own: JsonValue | undefined, isAdditional: boolean): FormField =>
      this.#field(own, ownValue(value, name), {
        name,
        title: name,
        isAdditional,
        isRequired: required.has(name),
        path: [...path, name],
        nesting: 0,
        depth: depth + 1,
      });
    const shown = names.filter(name => !isRoot || !needsFeatureFlag(objectOf(properties[name])));
    const fields = shown.map(name => field(name, properties[name], false));
    const { additionalProperties: others } = schema;
    const isOpen = others !== undefined && others !== false;
    if (isOpen) {
      for (const name of Object.keys(value)) {
        if (Object.hasOwn(properties, name) || (isRoot && this.#foreign.has(name))) continue;
        const guessed = { type: guessedType(value[name]) ?? 'string' };
        fields.push(field(name, isRecord(others) ? others : guessed, true));
      }
    }
    const variants = this.#variants(schema, value, place);
    if (variants) fields.push(variants);
    const isFull = Object.keys(value).length >= (numberOf(schema['maxProperties']) ?? Infinity);
    return {
      type: 'object',
      fields,
      newField:
        isOpen && !isFull && uiOptions(schema)['expandable'] !== false
          ? { value: initialValueOf(objectOf(others), this.#scope) }
          : undefined,
    };
  }

  #list(
    schema: JsonObject,
    value: readonly JsonValue[],
    { path, depth, title, ui }: FieldRequest & { readonly ui: JsonObject },
  ): ListControl {
    const fixed = Array.isArray(schema['items']) ? schema['items'].length : 0;
    const name = textOf(ui['title']) ?? textOf(schema['title']) ?? title;
    const items = value.map((item, index) => ({
      field: this.#field(itemSchemaAt(schema, index), item ?? undefined, {
        name: String(index),
        title: `${name} ${index + 1}`,
        isRequired: false,
        path: [...path, index],
        nesting: 0,
        depth: depth + 1,
      }),
      isRemovable: index >= fixed && ui['removable'] !== false,
    }));
    const next = itemSchemaAt(schema, value.length);
    const isFull = value.length >= (numberOf(schema['maxItems']) ?? Infinity);
    const isClosed = fixed > 0 && value.length >= fixed && !isRecord(schema['additionalItems']);
    const isAddable = ui['addable'] !== false && !isFull && !isClosed;
    return {
      type: 'list',
      items,
      newItem: isAddable
        ? { value: withDefaults(next, undefined, this.#scope) ?? null }
        : undefined,
      isOrderable: ui['orderable'] !== false && fixed === 0,
    };
  }

  /** The variant picker of a schema, as a field at the same path. */
  #variants(schema: JsonObject, value: JsonValue | undefined, place: Place): FormField | undefined {
    const chosen = this.#scope.selectedVariant(schema, value, place);
    if (!chosen) return undefined;
    const { key, variants, selected } = chosen;
    const variant = variants[selected] ?? {};
    const type = typeOf(variant) ?? typeOf(schema);
    const within = type === undefined ? variant : { type, ...variant };
    const { path, nesting, depth } = place;
    const isNothing = type === undefined || type === 'null';
    const field = isNothing
      ? undefined
      : this.#field(within, value, {
          path,
          name: String(path.at(-1) ?? ''),
          title: textOf(variant['title']) ?? '',
          isRequired: false,
          nesting: nesting + 1,
          depth: depth + 1,
        });
    const titles = variants.map(({ title }) => textOf(title) ?? '');
    return {
      path,
      title: '',
      isTitleHidden: true,
      description: undefined,
      help: undefined,
      placeholder: undefined,
      isRequired: false,
      isReadonly: false,
      isFocused: false,
      value,
      emptyValue: undefined,
      unknownField: undefined,
      isAdditional: false,
      control: { type: 'variants', key, titles, selected, field },
      review: { name: undefined, isShown: true, mask: undefined, isExploded: true },
    };
  }
}

/** The initial value of a field that the user adds. */
function initialValueOf(schema: JsonObject, scope: FormScope): JsonValue {
  const value = withDefaults(schema, undefined, scope);
  if (value !== undefined) return value;
  const byType: Readonly<Record<string, JsonValue>> = {
    object: {},
    array: [],
    boolean: false,
    number: 0,
    integer: 0,
  };
  return ownValue(byType, typeOf(schema) ?? '') ?? '';
}

/**
 * Options that describe how a field looks: `ui:widget` and `ui:options.widget` are the same. Source:
 * `getUiOptions` of `@rjsf/utils` 5.24.
 */
function uiOptions(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'ui:options' && isRecord(value)) return Object.entries(value);
    return key.startsWith('ui:') ? [[key.slice('ui:'.length), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * Options that describe a field in the review. Source: `ReviewState` of `@backstage/plugin-scaffolder-react`
 * 3.0.
 */
function reviewOf(schema: JsonObject): FieldReview {
  const { name, show, mask, explode } = objectOf(objectOf(schema['ui:backstage'])['review']);
  const isSecret =
    schema['ui:widget'] === 'password' || textOf(schema['ui:field'])?.toLowerCase() === 'secret';
  return {
    name: textOf(name),
    isShown: show !== false || Boolean(mask),
    mask: (textOf(mask) || undefined) ?? (isSecret && show !== false ? '******' : undefined),
    isExploded: explode !== false,
  };
}

/** Whether a field needs a feature flag. Callboard has none. */
export function needsFeatureFlag(schema: JsonObject): boolean {
  return Boolean(objectOf(schema['ui:backstage'])['featureFlag']);
}

/** Names in the order of `ui:order`, where `*` stands for all others. */
function orderedNames(names: readonly string[], order: readonly string[]): readonly string[] {
  const known = order.filter(name => name === '*' || names.includes(name));
  const others = names.filter(name => !known.includes(name));
  if (!known.includes('*')) return [...new Set([...known, ...others])];
  return [...new Set(known.flatMap(name => (name === '*' ? others : [name])))];
}

/** UI options of a field. */
interface FieldUi {
  /** Its `ui:options` and its other keys with the prefix `ui:`. */
  readonly ui: JsonObject;
  readonly widget: string | undefined;
}

/** The control for a value without nested values. Undefined if the value may have some. */
function simpleControl(schema: JsonObject, { ui, widget }: FieldUi): FormControl | undefined {
  const type = typeOf(schema);
  const style = widget === 'radio' || widget === 'select' ? widget : undefined;
  const options = optionsOf(schema, ui);
  if (type === 'boolean') {
    const labelOf = (value: boolean): string | undefined =>
      options?.find(option => option.value === value)?.label;
    return {
      type: 'flag',
      style: style ?? 'checkbox',
      labels: { yes: labelOf(true), no: labelOf(false) },
    };
  }
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
