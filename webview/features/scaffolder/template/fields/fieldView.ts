import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { JsonValue } from '../../../../../src/model';
import type {
  FormField,
  FormOption,
  NumberControl,
  TextControl,
} from '../../../../../src/features/portal/protocol';
import { translate } from '../../../../shared/translate';
import { type Draw, type FieldContext, inputOf, textOf } from './fieldContext';
import { fieldAttributes } from './fieldAttributes';
import { after, descriptionView, fieldId, framed, grouped, requiredMark } from './fieldFrame';
import { listView, objectView, variantsView } from './fieldGroups';
import './JsonBox';
import { lookupField } from './lookupFields';
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

const textField: Draw<TextControl> = (field, control, { editor }) => {
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

const numberField: Draw<NumberControl> = (field, control, { editor }) => {
  const typed = (event: Event): void => {
    const text = inputOf(event).trim();
    const number = Number(text);
    // What is no number is kept: it is said what is wrong with it.
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

const flagField: Draw<Extract<FormField['control'], { type: 'flag' }>> = (
  field,
  { style, labels },
  context,
) => {
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
    <label class="field-check">
      <input
        type="checkbox"
        ${fieldAttributes(field, editor)}
        .checked=${live(editor.valueOf(field.path) === true)}
        @change=${(event: Event) => editor.set(field, (event.target as HTMLInputElement).checked)}
      /><span>${field.title}${requiredMark(field)}</span>
    </label>
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
    html`<select
      class="text-box"
      ${fieldAttributes(field, editor)}
      @change=${(event: Event) => {
        const option = options[Number(inputOf(event))];
        editor.set(field, option ? option.value : field.emptyValue);
        editor.left(field.path);
      }}
      @blur=${() => editor.left(field.path)}
    >
      ${
        field.isRequired && chosen >= 0
          ? nothing
          : html`<option value="" ?selected=${chosen < 0}>${field.placeholder ?? ''}</option>`
      }
      ${options.map(
        ({ label, isDisabled }, index) =>
          html`<option value=${index} ?disabled=${isDisabled} ?selected=${index === chosen}>
            ${label}
          </option>`,
      )}
    </select>`,
  );
}

function radios(
  field: FormField,
  options: readonly FormOption[],
  { editor }: FieldContext,
): TemplateResult {
  const value = editor.valueOf(field.path);
  const id = fieldId(field.path);
  return grouped(
    field,
    editor,
    html`<div class="field-options">
      ${options.map(
        (option, index) =>
          html`<label class="field-check"
            ><input
              id=${index === 0 ? id : `${id}-${index}`}
              type="radio"
              name=${id}
              ?disabled=${field.isReadonly || option.isDisabled}
              .checked=${live(isSame(option.value, value))}
              @change=${() => editor.set(field, option.value)}
            /><span>${option.label}</span></label
          >`,
      )}
    </div>`,
  );
}

function checkBoxes(
  field: FormField,
  options: readonly FormOption[],
  { editor }: FieldContext,
): TemplateResult {
  const value = editor.valueOf(field.path);
  const chosen = Array.isArray(value) ? value : [];
  const id = fieldId(field.path);
  const toggle = (option: FormOption, isChosen: boolean): void =>
    // In the order in which they are offered.
    editor.set(
      field,
      options
        .filter(other =>
          other === option ? isChosen : chosen.some(item => isSame(item, other.value)),
        )
        .map(other => other.value),
    );
  return grouped(
    field,
    editor,
    html`<div class="field-options">
      ${options.map(
        (option, index) =>
          html`<label class="field-check"
            ><input
              id=${index === 0 ? id : `${id}-${index}`}
              type="checkbox"
              ?disabled=${field.isReadonly || option.isDisabled}
              .checked=${live(chosen.some(item => isSame(item, option.value)))}
              @change=${(event: Event) =>
                toggle(option, (event.target as HTMLInputElement).checked)}
            /><span>${option.label}</span></label
          >`,
      )}
    </div>`,
  );
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
