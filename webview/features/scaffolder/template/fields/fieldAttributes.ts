import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';
import type { FormField } from '../../../../../src/features/portal/protocol';
import type { FormEditor } from '../formEditor';
import { describedBy, fieldId } from './fieldFrame';

class FieldAttributes extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('Attributes of a field are an element’s');
  }

  render(_field: FormField, _editor: FormEditor): typeof noChange {
    return noChange;
  }

  override update(
    { element }: ElementPart,
    [field, editor]: Parameters<this['render']>,
  ): typeof noChange {
    if (element.localName.includes('-')) setProperties(element, field, editor);
    else setAttributes(element, field, editor);
    return noChange;
  }
}

/** Of an element of ours, which has the box in it. */
function setProperties(element: Element, field: FormField, editor: FormEditor): void {
  const properties = {
    inputId: fieldId(field.path),
    label: field.title,
    placeholder: field.placeholder ?? '',
    about: describedBy(field, editor),
    isRequired: field.isRequired,
    isInvalid: editor.errorsAt(field.path).length > 0,
    isReadonly: field.isReadonly,
  };
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) Reflect.set(element, name, value);
  }
}

function setAttributes(element: Element, field: FormField, editor: FormEditor): void {
  const type = element.getAttribute('type');
  const isBox = type === 'checkbox';
  const isChosen = isBox || element.localName === 'select';
  const isWrong = editor.errorsAt(field.path).length > 0;
  const attributes: Readonly<Record<string, string | undefined>> = {
    id: fieldId(field.path),
    placeholder: isChosen ? undefined : field.placeholder,
    // A box stands in its label.
    'aria-label': field.isTitleHidden && !isBox ? field.title : undefined,
    // A range always has a value, and of a box both are one.
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
 * What the element that a field is filled in with says of itself: how it is called, whether it must be filled in, what is
 * told of it, and whether it can be changed. Stands behind the element's own `type`.
 */
export const fieldAttributes = directive(FieldAttributes);
