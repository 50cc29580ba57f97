import { LitElement } from 'lit';

/**
 * Element without a shadow root: pages share one style sheet, ids can be referenced across elements, and the find
 * widget sees all text.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
