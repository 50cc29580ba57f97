import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  type JsonValue,
  readEntityRef,
  readRepoUrl,
  stringifyEntityRef,
  stringifyRepoUrl,
} from '../../../../src/model';
import {
  type EntityPickerOptions,
  type FormField,
  type FormOption,
  type NumberControl,
  portalRequests,
  type RepoUrlPart,
  type TextControl,
} from '../../../../src/protocol/portal';
import type { SendRequest } from '../../../shared/appRequest';
import { translate } from '../../../shared/translate';
import './ChoiceBox';
import type { Choice, ChosenEvent } from './ChoiceBox';
import {
  describedBy,
  fieldId,
  framed,
  grouped,
  isInvalid,
  requiredMark,
  after,
} from './fieldFrame';
import { listView, objectView, variantsView } from './fieldGroups';
import type { FormEditor } from './formEditor';
import './JsonBox';

/** What a field is drawn with. */
export interface FieldContext {
  readonly editor: FormEditor;
  readonly request: SendRequest;
}

type Draw<T> = (field: FormField, control: T, context: FieldContext) => unknown;

export function fieldView(field: FormField, context: FieldContext): unknown {
  const { control } = field;
  switch (control.type) {
    case 'hidden':
      return nothing;
    case 'text':
      return textField(field, control, context);
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

const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

const inputOf = (event: Event): string =>
  (event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;

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
        id=${fieldId(field.path)}
        rows=${control.rows ?? 4}
        placeholder=${ifDefined(field.placeholder)}
        aria-label=${field.isTitleHidden ? field.title : nothing}
        aria-required=${field.isRequired ? 'true' : nothing}
        aria-invalid=${isInvalid(field, editor)}
        aria-describedby=${ifDefined(describedBy(field, editor))}
        ?readonly=${field.isReadonly}
        ?autofocus=${field.isFocused}
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
        id=${fieldId(field.path)}
        type=${inputTypes[control.style] ?? 'text'}
        autocomplete="off"
        spellcheck="false"
        list=${control.examples.length > 0 ? list : nothing}
        placeholder=${ifDefined(field.placeholder)}
        aria-label=${field.isTitleHidden ? field.title : nothing}
        aria-required=${field.isRequired ? 'true' : nothing}
        aria-invalid=${isInvalid(field, editor)}
        aria-describedby=${ifDefined(describedBy(field, editor))}
        ?readonly=${field.isReadonly}
        ?autofocus=${field.isFocused}
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
      id=${fieldId(field.path)}
      type=${control.style === 'line' ? 'text' : isRange ? 'range' : 'number'}
      inputmode=${control.isInteger ? 'numeric' : 'decimal'}
      autocomplete="off"
      min=${ifDefined(control.minimum)}
      max=${ifDefined(control.maximum)}
      step=${control.step ?? (control.isInteger ? 1 : 'any')}
      placeholder=${ifDefined(field.placeholder)}
      aria-label=${field.isTitleHidden ? field.title : nothing}
      aria-required=${field.isRequired && !isRange ? 'true' : nothing}
      aria-invalid=${isInvalid(field, editor)}
      aria-describedby=${ifDefined(describedBy(field, editor))}
      ?readonly=${field.isReadonly}
      ?autofocus=${field.isFocused}
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
    ...{ value, description: undefined, isDisabled: false },
    label: (value ? labels.yes : labels.no) ?? (value ? translate('Yes') : translate('No')),
  }));
  if (style === 'radio') return radios(field, options, context);
  if (style === 'select') return selectField(field, options, context);
  return html`<div class="field">
    <label class="field-check">
      <input
        id=${fieldId(field.path)}
        type="checkbox"
        aria-invalid=${isInvalid(field, editor)}
        aria-describedby=${ifDefined(describedBy(field, editor))}
        ?disabled=${field.isReadonly}
        ?autofocus=${field.isFocused}
        .checked=${live(editor.valueOf(field.path) === true)}
        @change=${(event: Event) => editor.set(field, (event.target as HTMLInputElement).checked)}
      /><span>${field.title}${requiredMark(field)}</span>
    </label>
    ${
      field.description === undefined
        ? nothing
        : html`<p class="field-about field-check-about" id="${fieldId(field.path)}-about">
            ${field.description}
          </p>`
    }
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
      id=${fieldId(field.path)}
      aria-label=${field.isTitleHidden ? field.title : nothing}
      aria-required=${field.isRequired ? 'true' : nothing}
      aria-invalid=${isInvalid(field, editor)}
      aria-describedby=${ifDefined(describedBy(field, editor))}
      ?disabled=${field.isReadonly}
      ?autofocus=${field.isFocused}
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

/** As Backstage reads what was typed into a picker: a ref, if it is one with what the picker adds. */
function refOf(text: string, { defaultKind, defaultNamespace }: EntityPickerOptions): string {
  const read = readEntityRef(text, { defaultKind, defaultNamespace });
  return read.ok ? stringifyEntityRef(read.value) : text;
}

function entityChoicesOf(picker: EntityPickerOptions, { request }: FieldContext) {
  return async (signal: AbortSignal): Promise<readonly Choice[]> => {
    const found = await request(portalRequests.getEntityChoices, { picker }, signal);
    return found.map(({ value, title }) => ({ value, label: title, detail: value }));
  };
}

const entityField: Draw<Extract<FormField['control'], { type: 'entity' }>> = (
  field,
  { picker },
  context,
) => {
  const { editor } = context;
  const value = textOf(editor.valueOf(field.path));
  return framed(
    field,
    editor,
    html`<callboard-choice-box
      .inputId=${fieldId(field.path)}
      .label=${field.title}
      .placeholder=${field.placeholder ?? ''}
      .chosen=${value === '' ? [] : [value]}
      .about=${describedBy(field, editor)}
      .isRequired=${field.isRequired}
      .isInvalid=${editor.errorsAt(field.path).length > 0}
      .isReadonly=${field.isReadonly}
      .load=${entityChoicesOf(picker, context)}
      .loadKey=${JSON.stringify(picker)}
      .read=${picker.allowArbitraryValues ? (text: string) => refOf(text, picker) : undefined}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, values[0] ?? field.emptyValue)}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );
};

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(textOf) : [];

const entitiesField: Draw<Extract<FormField['control'], { type: 'entities' }>> = (
  field,
  { picker, maxItems },
  context,
) => {
  const { editor } = context;
  return framed(
    field,
    editor,
    html`<callboard-choice-box
      isMultiple
      .inputId=${fieldId(field.path)}
      .label=${field.title}
      .placeholder=${field.placeholder ?? ''}
      .chosen=${textsOf(editor.valueOf(field.path))}
      .limit=${maxItems}
      .about=${describedBy(field, editor)}
      .isRequired=${field.isRequired}
      .isInvalid=${editor.errorsAt(field.path).length > 0}
      .isReadonly=${field.isReadonly}
      .load=${entityChoicesOf(picker, context)}
      .loadKey=${JSON.stringify(picker)}
      .read=${picker.allowArbitraryValues ? (text: string) => refOf(text, picker) : undefined}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, [...values])}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );
};

const tagsField: Draw<Extract<FormField['control'], { type: 'tags' }>> = (
  field,
  { picker },
  { editor, request },
) =>
  framed(
    field,
    editor,
    html`<callboard-choice-box
      isMultiple
      .inputId=${fieldId(field.path)}
      .label=${field.title}
      .placeholder=${field.placeholder ?? ''}
      .chosen=${textsOf(editor.valueOf(field.path))}
      .about=${describedBy(field, editor)}
      .isRequired=${field.isRequired}
      .isInvalid=${editor.errorsAt(field.path).length > 0}
      .isReadonly=${field.isReadonly}
      .load=${async (signal: AbortSignal): Promise<readonly Choice[]> => {
        const found = await request(portalRequests.getTagChoices, { picker }, signal);
        return found.map(({ tag, count }) => ({
          ...{ value: tag, label: tag },
          detail: picker.showCounts ? String(count) : '',
        }));
      }}
      .loadKey=${JSON.stringify(picker)}
      .read=${(text: string) => text.toLowerCase()}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, [...values])}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );

const repoField: Draw<Extract<FormField['control'], { type: 'repoUrl' }>> = (
  field,
  { parts },
  { editor },
) => {
  const url = textOf(editor.valueOf(field.path));
  const value = readRepoUrl(url);
  const set = ({ name }: RepoUrlPart, text: string): void =>
    editor.set(field, stringifyRepoUrl({ ...value, [name]: text.trim() }), true);
  return grouped(
    field,
    editor,
    html`<div class="field-parts">
      ${parts.map((part, index) => {
        const id = index === 0 ? fieldId(field.path) : `${fieldId(field.path)}-${part.name}`;
        const options = part.options;
        return html`<div class="field-part">
          <label class="field-label" for=${id}
            >${part.title}${part.isRequired ? html`<span class="field-required" aria-hidden="true">*</span>` : nothing}</label
          >
          ${
            options
              ? html`<select
                  class="text-box"
                  id=${id}
                  ?disabled=${field.isReadonly}
                  @change=${(event: Event) => set(part, inputOf(event))}
                >
                  ${options.map(
                    option =>
                      html`<option value=${option} ?selected=${option === value[part.name]}>
                        ${option}
                      </option>`,
                  )}
                </select>`
              : html`<input
                  class="text-box"
                  id=${id}
                  type="text"
                  autocomplete="off"
                  spellcheck="false"
                  title=${part.description}
                  aria-required=${part.isRequired ? 'true' : nothing}
                  ?readonly=${field.isReadonly}
                  .value=${live(value[part.name])}
                  @input=${(event: Event) => set(part, inputOf(event))}
                  @blur=${() => index === parts.length - 1 && editor.left(field.path)}
                />`
          }
        </div>`;
      })}
    </div>`,
  );
};

const secretField: Draw<Extract<FormField['control'], { type: 'secret' }>> = (
  field,
  { name },
  { editor },
) =>
  framed(
    field,
    editor,
    html`<input
      class="text-box"
      id=${fieldId(field.path)}
      type="password"
      autocomplete="off"
      placeholder=${ifDefined(field.placeholder)}
      aria-label=${field.isTitleHidden ? field.title : nothing}
      aria-required=${field.isRequired ? 'true' : nothing}
      aria-invalid=${isInvalid(field, editor)}
      aria-describedby=${ifDefined(describedBy(field, editor))}
      ?readonly=${field.isReadonly}
      .value=${live(editor.secretOf(name))}
      @input=${(event: Event) => editor.setSecret(field, name, inputOf(event))}
      @blur=${() => editor.left(field.path)}
    />`,
  );

function jsonField(field: FormField, { editor }: FieldContext): TemplateResult {
  return framed(
    field,
    editor,
    html`<callboard-json-box
      .inputId=${fieldId(field.path)}
      .label=${field.title}
      .value=${editor.valueOf(field.path)}
      .about=${describedBy(field, editor)}
      .isReadonly=${field.isReadonly}
      @changed=${({ value }: { readonly value: JsonValue | undefined } & Event) =>
        editor.set(field, value, true)}
      @left=${() => editor.left(field.path)}
    ></callboard-json-box>`,
  );
}
