import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import {
  type EntityPickerOptions,
  type FormField,
  portalRequests,
  type RepoUrlPart,
} from '../../../../../src/features/portal/protocol';
import { readEntityRef, stringifyEntityRef } from '../../../../../src/model';
import { kindIcon } from '../../../../../src/model/presentation';
import { readRepoUrl, stringifyRepoUrl } from '../../../../../src/model/forms';
import './ChoiceBox';
import type { Choice, ChoiceBox, ChosenEvent } from './ChoiceBox';
import { asking, lookupOfPart } from './LookupBox';
import { type Draw, type FieldContext, type FormEditor, textOf } from './fieldContext';
import { fieldAttributes, fieldId, framed, grouped } from './fieldFrame';
import { inputOf, select } from '../../../../shared/controls';

/** Converts typed text to a ref as Backstage does, if it is valid with the picker's defaults. */
function refOf(text: string, { defaultKind, defaultNamespace }: EntityPickerOptions): string {
  const read = readEntityRef(text, { defaultKind, defaultNamespace });
  return read.ok ? stringifyEntityRef(read.value) : text;
}

function entityChoicesOf(picker: EntityPickerOptions, { request }: FieldContext) {
  return async (signal: AbortSignal): Promise<readonly Choice[]> => {
    const found = await request(portalRequests.getEntityChoices, { picker }, signal);
    return found.map(({ value, title }) => ({
      value,
      label: title,
      detail: value,
      icon: kindIcon(value.slice(0, value.indexOf(':'))),
    }));
  };
}

type Picker = Pick<ChoiceBox, 'load' | 'read'> & {
  readonly isFromCatalog?: boolean;
  /** Values that the options depend on. */
  readonly of: unknown;
  /** Maximum number of values; undefined for any number. */
  readonly limit?: number | undefined;
};

function choiceField(field: FormField, editor: FormEditor, picker: Picker): unknown {
  const isMultiple = field.control.type !== 'entity';
  const value = editor.valueOf(field.path);
  const chosen = Array.isArray(value) ? value.map(textOf) : [textOf(value)].filter(Boolean);
  return framed(
    field,
    editor,
    html`<callboard-choice-box
      ?isMultiple=${isMultiple}
      ?isFromCatalog=${picker.isFromCatalog ?? false}
      ${fieldAttributes(field, editor)}
      .chosen=${chosen}
      .limit=${picker.limit}
      .load=${picker.load}
      .loadKey=${JSON.stringify(picker.of)}
      .read=${picker.read}
      @chosen=${({ values }: ChosenEvent) =>
        editor.set(field, isMultiple ? [...values] : (values[0] ?? field.emptyValue))}
      @left=${() => editor.left(field.path)}
    ></callboard-choice-box>`,
  );
}

function entityPicker(picker: EntityPickerOptions, context: FieldContext): Picker {
  return {
    of: picker,
    isFromCatalog: true,
    load: entityChoicesOf(picker, context),
    read: picker.allowArbitraryValues ? text => refOf(text, picker) : undefined,
  };
}

export const entityField: Draw<'entity'> = (field, { picker }, context) =>
  choiceField(field, context.editor, entityPicker(picker, context));

export const entitiesField: Draw<'entities'> = (field, { picker, maxItems }, context) =>
  choiceField(field, context.editor, { ...entityPicker(picker, context), limit: maxItems });

export const tagsField: Draw<'tags'> = (field, { picker }, { editor, request }) =>
  choiceField(field, editor, {
    of: picker,
    load: async signal => {
      const found = await request(portalRequests.getTagChoices, { picker }, signal);
      return found.map(({ tag, count }) => ({
        value: tag,
        label: tag,
        detail: picker.showCounts ? String(count) : '',
      }));
    },
    read: text => text.toLowerCase(),
  });

export const repoField: Draw<'repoUrl'> = (field, { parts }, context) => {
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
                  .field=${{
                    id,
                    label: part.title,
                    isRequired: part.isRequired,
                    isReadonly: field.isReadonly,
                  }}
                  .value=${value[part.name]}
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

export const secretField: Draw<'secret'> = (field, { name }, { editor }) =>
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
