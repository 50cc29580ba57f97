import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { type JsonValue, readEntityRef, stringifyEntityRef } from '../../../../../src/model';
import { readRepoUrl, stringifyRepoUrl } from '../../../../../src/model/forms';
import {
  type EntityPickerOptions,
  type FormField,
  portalRequests,
  type RepoUrlPart,
} from '../../../../../src/features/portal/protocol';
import { inputOf, select } from '../../../../shared/controls';
import './ChoiceBox';
import type { Choice, ChosenEvent } from './ChoiceBox';
import { type Draw, type FieldContext, textOf } from './fieldContext';
import { fieldAttributes } from './fieldAttributes';
import { fieldId, framed, grouped } from './fieldFrame';
import { asking, lookupOfPart } from './lookupFields';

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

export const entityField: Draw<Extract<FormField['control'], { type: 'entity' }>> = (
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
      ${fieldAttributes(field, editor)}
      .chosen=${value === '' ? [] : [value]}
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

export const entitiesField: Draw<Extract<FormField['control'], { type: 'entities' }>> = (
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
      ${fieldAttributes(field, editor)}
      .chosen=${textsOf(editor.valueOf(field.path))}
      .limit=${maxItems}
      .load=${entityChoicesOf(picker, context)}
      .loadKey=${JSON.stringify(picker)}
      .read=${picker.allowArbitraryValues ? (text: string) => refOf(text, picker) : undefined}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, [...values])}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );
};

export const tagsField: Draw<Extract<FormField['control'], { type: 'tags' }>> = (
  field,
  { picker },
  { editor, request },
) =>
  framed(
    field,
    editor,
    html`<callboard-choice-box
      isMultiple
      ${fieldAttributes(field, editor)}
      .chosen=${textsOf(editor.valueOf(field.path))}
      .load=${async (signal: AbortSignal): Promise<readonly Choice[]> => {
        const found = await request(portalRequests.getTagChoices, { picker }, signal);
        return found.map(({ tag, count }) => ({
          value: tag,
          label: tag,
          detail: picker.showCounts ? String(count) : '',
        }));
      }}
      .loadKey=${JSON.stringify(picker)}
      .read=${(text: string) => text.toLowerCase()}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, [...values])}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );

export const repoField: Draw<Extract<FormField['control'], { type: 'repoUrl' }>> = (
  field,
  { parts },
  context,
) => {
  const { editor } = context;
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
        const { options } = part;
        const lookup = lookupOfPart(part, value);
        return html`<div class="field-part">
          <label class="field-label" for=${id}
            >${part.title}${part.isRequired ? html`<span class="field-required" aria-hidden="true">*</span>` : nothing}</label
          >
          ${
            options
              ? select({
                  id,
                  value: value[part.name],
                  isDisabled: field.isReadonly,
                  choose: chosen => set(part, chosen),
                  rows: options.map(option => ({ value: option, label: option })),
                })
              : html`<callboard-lookup-box
                  title=${part.description}
                  .inputId=${id}
                  .label=${part.title}
                  .value=${value[part.name]}
                  .isRequired=${part.isRequired}
                  .isReadonly=${field.isReadonly}
                  .host=${value.host}
                  .lookUp=${lookup && asking(lookup, context)}
                  .lookUpKey=${JSON.stringify(lookup)}
                  @chosen=${({ values }: ChosenEvent) => set(part, values[0] ?? '')}
                  @left=${() => index === parts.length - 1 && editor.left(field.path)}
                ></callboard-lookup-box>`
          }
        </div>`;
      })}
    </div>`,
  );
};

export const secretField: Draw<Extract<FormField['control'], { type: 'secret' }>> = (
  field,
  { name },
  { editor },
) =>
  framed(
    field,
    editor,
    html`<input
      class="text-box"
      type="password"
      autocomplete="off"
      ${fieldAttributes(field, editor)}
      .value=${live(editor.secretOf(name))}
      @input=${(event: Event) => editor.setSecret(field, name, inputOf(event))}
      @blur=${() => editor.left(field.path)}
    />`,
  );
