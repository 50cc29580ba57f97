import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from '../../../shared/elements/LightElement';

/** So near to its end, in pixels, a log is followed. */
const NEAR = 24;

/** Lines as they come: their end stays in view until one scrolls up, and again when one is back there. */
@customElement('callboard-task-log')
export class TaskLog extends LightElement {
  @property({ attribute: false }) accessor lines: readonly string[] = [];
  /** What it is the log of, for who does not see it. */
  @property({ attribute: false }) accessor name = '';
  #isFollowing = true;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('name')) this.#isFollowing = true;
  }

  protected override render(): TemplateResult {
    return html`<pre
      class="task-log"
      tabindex="0"
      role="log"
      aria-label=${this.name}
      @scroll=${this.#scrolled}
    >
${this.lines.join('\n')}</pre>`;
  }

  protected override updated(): void {
    const log = this.querySelector('pre');
    if (log && this.#isFollowing) log.scrollTop = log.scrollHeight;
  }

  #scrolled = (event: Event): void => {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget as HTMLElement;
    this.#isFollowing = scrollHeight - scrollTop - clientHeight < NEAR;
  };
}
