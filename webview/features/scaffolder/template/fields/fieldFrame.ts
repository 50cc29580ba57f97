import { html, noChange, nothing, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import type { FormField } from '../../../../../src/features/portal/protocol';
import { pointerOf, type ValuePath } from '../../../../../src/model/forms';
import '../MarkdownText';
import { errorText } from './errorText';
import type { FormEditor } from './fieldContext';
import { icon } from '../../../../shared/controls';
import type { FieldProps } from '../../../../shared/elements/Combobox';
import { translate } from '../../../../shared/translate';

/** Id of a field's input. */
export function fieldId(path: ValuePath): string {
  return `field-${encodeURIComponent(pointerOf(path))}`;
}

/** Ids of the texts that describe a field, for screen readers. */
function describedBy(field: FormField, editor: FormEditor): string | undefined {
  const id = fieldId(field.path);
  const parts = [
    field.description === undefined ? [] : `${id}-about`,
    field.help === undefined ? [] : `${id}-help`,
    field.unknownField === undefined ? [] : `${id}-note`,
    editor.errorsAt(field.path).length === 0 ? [] : `${id}-error`,
  ].flat();
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** A field with one control, its label, description and errors. */
export function framed(
  field: FormField,
  editor: FormEditor,
  control: unknown,
  { isLabelled = true }: { readonly isLabelled?: boolean } = {},
): TemplateResult {
  const label =
    isLabelled && !field.isTitleHidden
      ? html`<label class="field-label" for=${fieldId(field.path)}
          >${field.title}${requiredMark(field)}</label
        >`
      : nothing;
  return html`<div class="field">${label}${about(field)}${control}${after(field, editor)}</div>`;
}

/** A field with several controls. */
export function grouped(field: FormField, editor: FormEditor, content: unknown): TemplateResult {
  return html`<fieldset
    class="field field-group"
    aria-describedby=${describedBy(field, editor) ?? nothing}
  >
    <legend class=${field.isTitleHidden ? 'visually-hidden' : 'field-label'}>
      ${field.title}${requiredMark(field)}
    </legend>
    ${about(field)}${content}${after(field, editor)}
  </fieldset>`;
}

export function requiredMark({ isRequired }: FormField): TemplateResult | typeof nothing {
  return isRequired ? html`<span class="field-required" aria-hidden="true">*</span>` : nothing;
}

function about({ path, description, unknownField }: FormField): unknown {
  const id = fieldId(path);
  return [
    descriptionView(description, { id: `${id}-about` }),
    unknownField === undefined
      ? nothing
      : html`<p class="field-note" id="${id}-note">
          ${icon('info')}${translate(
            "Callboard doesn't support the field “{0}” of your Backstage.",
            unknownField,
          )}
        </p>`,
  ];
}

/** @param id - for `aria-describedby` */
export function descriptionView(
  description: string | undefined,
  { id, className = '' }: { readonly id?: string; readonly className?: string } = {},
): TemplateResult | typeof nothing {
  if (description === undefined) return nothing;
  return html`<callboard-markdown
    class="field-about ${className}"
    id=${id ?? nothing}
    .text=${description}
  ></callboard-markdown>`;
}

export function after({ path, help }: FormField, editor: FormEditor): unknown {
  const id = fieldId(path);
  const errors = editor.errorsAt(path);
  return [
    help === undefined ? nothing : html`<p class="field-about" id="${id}-help">${help}</p>`,
    html`<div class="field-errors" id="${id}-error" aria-live="polite">
      ${errors.map(error => html`<p>${icon('error')}<span>${errorText(error, editor.valueOf(path))}</span></p>`)}
    </div>`,
  ];
}

class FieldAttributes extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new Error('fieldAttributes must be used on an element');
  }

  render(_field: FormField, _editor: FormEditor): typeof noChange {
    return noChange;
  }

  override update(
    { element }: ElementPart,
    [field, editor]: Parameters<this['render']>,
  ): typeof noChange {
    // Custom elements contain the input.
    if ('field' in element) element.field = fieldProps(field, editor);
    else setAttributes(element, field, editor);
    return noChange;
  }
}

function fieldProps(field: FormField, editor: FormEditor): FieldProps {
  return {
    id: fieldId(field.path),
    label: field.title,
    placeholder: field.placeholder ?? '',
    about: describedBy(field, editor),
    isRequired: field.isRequired,
    isInvalid: editor.errorsAt(field.path).length > 0,
    isReadonly: field.isReadonly,
  };
}

function setAttributes(element: Element, field: FormField, editor: FormEditor): void {
  const type = element.getAttribute('type');
  const isBox = type === 'checkbox';
  const isChosen = isBox || element.localName === 'select';
  const isWrong = editor.errorsAt(field.path).length > 0;
  const attributes: Readonly<Record<string, string | undefined>> = {
    id: fieldId(field.path),
    placeholder: isChosen ? undefined : field.placeholder,
    // A checkbox is inside its label.
    'aria-label': field.isTitleHidden && !isBox ? field.title : undefined,
    // A range always has a value, and both states of a checkbox are valid.
    'aria-required': field.isRequired && !isBox && type !== 'range' ? 'true' : undefined,
    'aria-invalid': isWrong ? 'true' : undefined,
    'aria-describedby': describedBy(field, editor),
    [isChosen ? 'disabled' : 'readonly']: field.isReadonly ? '' : undefined,
    autofocus: field.isFocused ? '' : undefined,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/**
 * Directive with the attributes of a field's input: name, required, description, disabled. Must follow the element's
 * own `type`.
 */
export const fieldAttributes = directive(FieldAttributes);
