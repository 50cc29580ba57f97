import { html, nothing, type TemplateResult } from 'lit';
import type { FormError, FormField } from '../../../../../src/features/portal/protocol';
import { pointerOf, type ValuePath } from '../../../../../src/model/forms';
import '../MarkdownText';
import type { FormEditor } from '../formEditor';
import { icon } from '../../../../shared/controls';
import { translate } from '../../../../shared/translate';

/** The id of the element that a field is filled in with. */
export function fieldId(path: ValuePath): string {
  return `field-${encodeURIComponent(pointerOf(path))}`;
}

/** Which texts tell of a field, for those who do not see them beside it. */
export function describedBy(field: FormField, editor: FormEditor): string | undefined {
  const id = fieldId(field.path);
  const parts = [
    field.description === undefined ? [] : `${id}-about`,
    field.help === undefined ? [] : `${id}-help`,
    field.unknownField === undefined ? [] : `${id}-note`,
    editor.errorsAt(field.path).length === 0 ? [] : `${id}-error`,
  ].flat();
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** A field with one control: its label before it, and what there is to say of it around it. */
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

export function messageOf({ keyword, message, isAuthored }: FormError): string {
  return keyword === 'required' && !isAuthored ? translate('This is required.') : message;
}

function about({ path, description, unknownField }: FormField): unknown {
  const id = fieldId(path);
  return [
    descriptionView(description, { id: `${id}-about` }),
    unknownField === undefined
      ? nothing
      : html`<p class="field-note" id="${id}-note">
          ${icon('info')}${translate(
            'Your Backstage has a field “{0}” here, which is not known to Callboard.',
            unknownField,
          )}
        </p>`,
  ];
}

/** @param id - by which others are described by it */
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
      ${errors.map(error => html`<p>${icon('error')}<span>${messageOf(error)}</span></p>`)}
    </div>`,
  ];
}
