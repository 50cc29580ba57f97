import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type {
  FormField,
  FormOption,
  TextControl,
} from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import { checkbox, type CheckboxOptions, icon, inputOf, select } from '../../../../shared/controls';
import type { FieldProps } from '../../../../shared/elements/Combobox';
import { LightElement } from '../../../../shared/elements/LightElement';
import { translate } from '../../../../shared/translate';
import { type Draw, type FieldContext, type FormEditor, textOf } from './fieldContext';
import {
  after,
  descriptionView,
  fieldAttributes,
  fieldId,
  framed,
  grouped,
  requiredMark,
} from './fieldFrame';
import { listView, objectView, variantsView } from './fieldGroups';
import { lookupField } from './LookupBox';
import { entitiesField, entityField, repoField, secretField, tagsField } from './pickerFields';

export function fieldView(field: FormField, context: FieldContext): unknown {
  const { control } = field;
  switch (control.type) {
    case 'hidden':
      return nothing;
    case 'text':
      return control.style === 'repoOwner' || control.style === 'repoBranch'
        ? lookupField(field, control, context)
        : textField(field, control, context);
    case 'number':
      return numberField(field, control, context);
    case 'flag':
      return flagField(field, control, context);
    case 'choice':
      return control.style === 'radio'
        ? radios(field, control.options, context)
        : selectField(field, control.options, context);
    case 'choices':
      return checkBoxes(field, control.options, context);
    case 'entity':
      return entityField(field, control, context);
    case 'entities':
      return entitiesField(field, control, context);
    case 'tags':
      return tagsField(field, control, context);
    case 'repoUrl':
      return repoField(field, control, context);
    case 'secret':
      return secretField(field, control, context);
    case 'object':
      return objectView(field, control, context, fieldView);
    case 'list':
      return listView(field, control, context, fieldView);
    case 'variants':
      return variantsView(field, control, context, fieldView);
    case 'json':
      return jsonField(field, context);
  }
}

const inputTypes: Partial<Readonly<Record<TextControl['style'], string>>> = {
  password: 'password',
  email: 'email',
  url: 'url',
  date: 'date',
  time: 'time',
  color: 'color',
};

const textField: Draw<'text'> = (field, control, { editor }) => {
  const value = textOf(editor.valueOf(field.path));
  const typed = (event: Event): void => {
    const text = inputOf(event);
    editor.set(field, text === '' ? field.emptyValue : text, true);
  };
  const left = (): void => editor.left(field.path);
  if (control.style === 'area') {
    return framed(
      field,
      editor,
      html`<textarea
        class="text-box"
        rows=${control.rows ?? 4}
        ${fieldAttributes(field, editor)}
        .value=${live(value)}
        @input=${typed}
        @blur=${left}
      ></textarea>`,
    );
  }
  const list = `${fieldId(field.path)}-examples`;
  return framed(
    field,
    editor,
    html`<input
        class="text-box"
        type=${inputTypes[control.style] ?? 'text'}
        autocomplete="off"
        spellcheck="false"
        list=${control.examples.length > 0 ? list : nothing}
        ${fieldAttributes(field, editor)}
        .value=${live(value)}
        @input=${typed}
        @blur=${left}
      />${
        control.examples.length > 0
          ? html`<datalist id=${list}>
              ${control.examples.map(example => html`<option value=${example}></option>`)}
            </datalist>`
          : nothing
      }`,
  );
};

const numberField: Draw<'number'> = (field, control, { editor }) => {
  const typed = (event: Event): void => {
    const text = inputOf(event).trim();
    const number = Number(text);
    // Invalid numbers are kept, so that validation reports them.
    const value = text === '' ? field.emptyValue : Number.isNaN(number) ? text : number;
    editor.set(field, value, true);
  };
  const isRange = control.style === 'range';
  return framed(
    field,
    editor,
    html`<input
      class=${isRange ? 'field-range' : 'text-box field-number'}
      type=${control.style === 'line' ? 'text' : isRange ? 'range' : 'number'}
      inputmode=${control.isInteger ? 'numeric' : 'decimal'}
      autocomplete="off"
      min=${ifDefined(control.minimum)}
      max=${ifDefined(control.maximum)}
      step=${control.step ?? (control.isInteger ? 1 : 'any')}
      ${fieldAttributes(field, editor)}
      .value=${live(textOf(editor.valueOf(field.path)))}
      @input=${typed}
      @blur=${() => editor.left(field.path)}
    />`,
  );
};

const flagField: Draw<'flag'> = (field, { style, labels }, context) => {
  const { editor } = context;
  const options = [true, false].map(value => ({
    value,
    description: undefined,
    isDisabled: false,
    label: (value ? labels.yes : labels.no) ?? (value ? translate('Yes') : translate('No')),
  }));
  if (style === 'radio') return radios(field, options, context);
  if (style === 'select') return selectField(field, options, context);
  return html`<div class="field">
    ${checkbox({
      label: html`${field.title}${requiredMark(field)}`,
      attributes: fieldAttributes(field, editor),
      isChecked: editor.valueOf(field.path) === true,
      change: isChecked => editor.set(field, isChecked),
    })}
    ${descriptionView(field.description, {
      id: `${fieldId(field.path)}-about`,
      className: 'field-check-about',
    })}
    ${after(field, editor)}
  </div>`;
};

const isSame = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function selectField(
  field: FormField,
  options: readonly FormOption[],
  { editor }: FieldContext,
): TemplateResult {
  const value = editor.valueOf(field.path);
  const chosen = options.findIndex(option => isSame(option.value, value));
  return framed(
    field,
    editor,
    select({
      attributes: fieldAttributes(field, editor),
      value: chosen < 0 ? '' : chosen,
      choose: index => {
        editor.set(field, index === '' ? field.emptyValue : options[Number(index)]?.value);
        editor.left(field.path);
      },
      left: () => editor.left(field.path),
      rows: [
        ...(field.isRequired && chosen >= 0 ? [] : [{ value: '', label: field.placeholder ?? '' }]),
        ...options.map(({ label, isDisabled }, value) => ({ value, label, isDisabled })),
      ],
    }),
  );
}

function radios(
  field: FormField,
  options: readonly FormOption[],
  { editor }: FieldContext,
): TemplateResult {
  const value = editor.valueOf(field.path);
  return optionsView(field, options, editor, option => ({
    name: fieldId(field.path),
    isChecked: isSame(option.value, value),
    change: () => editor.set(field, option.value),
  }));
}

function checkBoxes(
  field: FormField,
  options: readonly FormOption[],
  { editor }: FieldContext,
): TemplateResult {
  const value = editor.valueOf(field.path);
  const isChosen = (option: FormOption): boolean =>
    Array.isArray(value) && value.some(item => isSame(item, option.value));
  return optionsView(field, options, editor, option => ({
    isChecked: isChosen(option),
    change: isChecked => {
      // Keeps the order of the options.
      const chosen = options.filter(other => (other === option ? isChecked : isChosen(other)));
      editor.set(
        field,
        chosen.map(other => other.value),
      );
    },
  }));
}

function optionsView(
  field: FormField,
  options: readonly FormOption[],
  editor: FormEditor,
  toggle: (option: FormOption) => Pick<CheckboxOptions, 'name' | 'isChecked' | 'change'>,
): TemplateResult {
  const id = fieldId(field.path);
  const boxes = options.map((option, index) =>
    checkbox({
      ...toggle(option),
      id: index === 0 ? id : `${id}-${index}`,
      label: option.label,
      isDisabled: field.isReadonly || option.isDisabled,
    }),
  );
  return grouped(field, editor, html`<div class="field-options">${boxes}</div>`);
}

function jsonField(field: FormField, { editor }: FieldContext): TemplateResult {
  return framed(
    field,
    editor,
    html`<callboard-json-box
      ${fieldAttributes(field, editor)}
      .value=${editor.valueOf(field.path)}
      @changed=${({ value }: { readonly value: JsonValue | undefined } & Event) =>
        editor.set(field, value, true)}
      @left=${() => editor.left(field.path)}
    ></callboard-json-box>`,
  );
}

/** Fired when the value changes; undefined for none. */
class JsonChangedEvent extends Event {
  constructor(readonly value: JsonValue | undefined) {
    super('changed');
  }
}

/** Input for any JSON value. */
@customElement('callboard-json-box')
export class JsonBox extends LightElement {
  @property({ attribute: false }) accessor field: FieldProps = { label: '' };
  @property({ attribute: false }) accessor value: JsonValue | undefined;
  @state() accessor #fault: string | undefined;
  #text = '';
  #written: JsonValue | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = JSON.stringify(this.value) !== JSON.stringify(this.#written);
    if (!changed.has('value') || (this.hasUpdated && !isOther)) return;
    this.#written = this.value;
    this.#text = this.value === undefined ? '' : JSON.stringify(this.value, undefined, 2);
    this.#fault = undefined;
  }

  protected override render(): TemplateResult {
    return html`<textarea
        class="text-box field-json"
        id=${this.field.id ?? nothing}
        rows="5"
        spellcheck="false"
        aria-label=${this.field.label}
        aria-describedby=${this.field.about ?? nothing}
        aria-invalid=${this.#fault === undefined ? nothing : 'true'}
        ?readonly=${this.field.isReadonly ?? false}
        .value=${this.#text}
        @input=${this.#typed}
        @blur=${() => this.dispatchEvent(new Event('left'))}
      ></textarea>
      ${
        this.#fault === undefined
          ? html`<p class="field-about">${translate('A value as JSON')}</p>`
          : html`<div class="field-errors">
              <p>${icon('error')}<span>${this.#fault}</span></p>
            </div>`
      }`;
  }

  #typed = (event: Event): void => {
    this.#text = (event.target as HTMLTextAreaElement).value;
    try {
      const value = this.#text.trim() === '' ? undefined : (JSON.parse(this.#text) as JsonValue);
      this.#fault = undefined;
      this.#written = value;
      this.dispatchEvent(new JsonChangedEvent(value));
    } catch (error) {
      // Invalid JSON keeps the last valid value.
      this.#fault = translate('Invalid JSON: {0}', (error as Error).message);
    }
  };
}
