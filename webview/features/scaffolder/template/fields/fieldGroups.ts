import { html, nothing, type TemplateResult } from 'lit';
import type {
  FormField,
  ListControl,
  ObjectControl,
  VariantsControl,
} from '../../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../../src/model';
import { iconButton, select, textButton } from '../../../../shared/controls';
import { translate } from '../../../../shared/translate';
import type { FieldContext } from './fieldContext';
import { fieldId, grouped } from './fieldFrame';

type DrawField = (field: FormField, context: FieldContext) => unknown;

/** Fields of an object, including user-named ones. */
export function objectView(
  field: FormField,
  { fields, newField }: ObjectControl,
  context: FieldContext,
  draw: DrawField,
): unknown {
  const rows = fields.map(own =>
    own.isAdditional ? namedField(own, context, draw) : draw(own, context),
  );
  const add = newField
    ? textButton(
        translate('Add Field'),
        () => context.editor.setAt([...field.path, freeName(fields)], newField.value),
        { icon: 'add' },
      )
    : nothing;
  // A variant has its title in the choice above it.
  if (field.title === '') return html`${rows}${add}`;
  return grouped(field, context.editor, html`${rows}${add}`);
}

function freeName(fields: readonly FormField[]): string {
  const names = new Set(fields.map(({ path }) => path.at(-1)));
  for (let index = 1; ; index++) {
    const name = index === 1 ? 'new' : `new${index}`;
    if (!names.has(name)) return name;
  }
}

function namedField(field: FormField, context: FieldContext, draw: DrawField): TemplateResult {
  const { editor } = context;
  const name = String(field.path.at(-1) ?? '');
  const around = field.path.slice(0, -1);
  const rename = (event: Event): void => {
    const renamed = (event.target as HTMLInputElement).value.trim();
    const value = editor.valueOf(field.path);
    if (renamed === '' || renamed === name || editor.valueOf([...around, renamed]) !== undefined) {
      (event.target as HTMLInputElement).value = name;
      return;
    }
    editor.setAt(field.path, undefined);
    editor.setAt([...around, renamed], value);
  };
  return html`<div class="field-named">
    <input
      class="text-box"
      type="text"
      aria-label=${translate('Name of field {0}', name)}
      .value=${name}
      @change=${rename}
    />
    ${draw(field, context)}
    ${iconButton('trash', translate('Remove {0}', name), () => editor.setAt(field.path, undefined))}
  </div>`;
}

/** List items that can be added, moved and removed. */
export function listView(
  field: FormField,
  { items, newItem, isOrderable }: ListControl,
  context: FieldContext,
  draw: DrawField,
): TemplateResult {
  const { editor } = context;
  const current = editor.valueOf(field.path);
  const values: readonly JsonValue[] = Array.isArray(current) ? current : [];
  const move = (from: number, to: number): void => {
    const moved = [...values];
    moved.splice(to, 0, ...moved.splice(from, 1));
    editor.setAt(field.path, moved);
  };
  const canMove = isOrderable && !field.isReadonly;
  return grouped(
    field,
    editor,
    html`<div class="field-list" id=${fieldId(field.path)} tabindex="-1">
        ${items.map(
          ({ field: item, isRemovable }, index) =>
            html`<div class="field-item">
              <div class="field-item-content">${draw(item, context)}</div>
              <div class="field-item-tools">
                ${
                  canMove
                    ? html`${iconButton('arrow-up', translate('Move {0} Up', item.title), () => move(index, index - 1), { isDisabled: index === 0 })}${iconButton('arrow-down', translate('Move {0} Down', item.title), () => move(index, index + 1), { isDisabled: index === items.length - 1 })}`
                    : nothing
                }
                ${
                  isRemovable && !field.isReadonly
                    ? iconButton('trash', translate('Remove {0}', item.title), () =>
                        editor.setAt(
                          field.path,
                          values.filter((_, other) => other !== index),
                        ),
                      )
                    : nothing
                }
              </div>
            </div>`,
        )}
      </div>
      ${
        newItem && !field.isReadonly
          ? textButton(
              translate('Add to {0}', field.title),
              () => editor.setAt(field.path, [...values, newItem.value]),
              { icon: 'add' },
            )
          : nothing
      }`,
  );
}

/** Choice of a variant, and the fields of the selected one. */
export function variantsView(
  field: FormField,
  { key, titles, selected, field: variant }: VariantsControl,
  context: FieldContext,
  draw: DrawField,
): TemplateResult {
  const id = `${fieldId(field.path)}-variant${encodeURIComponent(key)}`;
  return html`<div class="field">
      <label class="field-label" for=${id}>${translate('Variant')}</label>
      ${select({
        id,
        value: selected,
        choose: index => context.editor.chooseVariant(key, Number(index)),
        rows: titles.map((title, value) => ({
          value,
          label: title === '' ? translate('Option {0}', value + 1) : title,
        })),
      })}
    </div>
    ${variant ? draw(variant.control.type === 'object' ? { ...variant, title: '' } : variant, context) : nothing}`;
}
