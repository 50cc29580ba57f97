import { LitElement } from 'lit';

/**
 * An element without a shadow: one style sheet serves all of a page, labels and descriptions refer to each
 * other across elements, and the editor's find widget sees every text.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
