import { isRecord, ownValue } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { withDefaults } from './defaults';
import { choicesControl, simpleControl } from './fieldControls';
import type { FormControl, FormError, FormField, ListControl, ObjectControl } from './formField';
import type { FormScope, Place } from './formScope';
import { pickers } from './pickers';
import { effectiveSchema } from './schemas/effectiveSchema';
import { numberOf, objectOf, textOf, textsOf } from './schemas/jsonParts';
import { SchemaErrors } from './schemas/schemaErrors';
import { guessedType, isMultiSelect, itemSchemaAt, MAX_DEPTH, typeOf } from './schemas/schemas';
import { needsFeatureFlag, orderedNames, reviewOf, uiOptions } from './uiOptions';

interface FieldRequest extends Place {
  readonly name: string;
  /** Where it has none of its own. */
  readonly title: string;
  readonly isRequired: boolean;
  readonly isAdditional?: boolean;
}

/** Reads the fields of a page off its schema, and what is wrong with what is in them. */
export class FieldReader {
  readonly #scope: FormScope;
  /** Names that only other pages ask for. */
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

  /** What of the values does not fit, once the fields are read. */
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
    if (picker?.errors && value !== undefined) this.#errors.addOfPicker(path, picker.errors(field));
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
      if (isChosen) return choicesControl(items, { ui, widget });
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
      this.#field(own, Object.hasOwn(value, name) ? value[name] : undefined, {
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
          ? { value: beginning(objectOf(others), this.#scope) }
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

  /** The choice among a schema's variants, as a field at the same place. */
  #variants(schema: JsonObject, value: JsonValue | undefined, place: Place): FormField | undefined {
    const chosen = this.#scope.chosen(schema, value, place);
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

/** What a field begins with that the user adds. */
function beginning(schema: JsonObject, scope: FormScope): JsonValue {
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
