import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DocsHeading } from '../../../src/features/portal/protocol';
import { LightElement } from '../../shared/elements/LightElement';
import { link } from '../../shared/links';
import { currentSection } from '../../shared/currentSection';
import { translate } from '../../shared/translate';
import { prefixedId } from './content/sanitizeDocs';
import { keyedList } from '../../shared/keyedList';

/** Table of contents of a page, with the current section marked. */
@customElement('callboard-docs-toc')
export class DocsToc extends LightElement {
  @property({ attribute: false }) accessor headings: readonly DocsHeading[] = [];
  @property({ attribute: false }) accessor goTo: (id: string) => void = () => undefined;
  /** Id of the current heading. */
  @state() accessor #read: string | undefined;

  #isDue = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('scroll', this.#scrolled, { passive: true });
  }

  override disconnectedCallback(): void {
    window.removeEventListener('scroll', this.#scrolled);
    super.disconnectedCallback();
  }

  protected override updated(): void {
    // The page may be rendered after its table of contents.
    this.#scrolled();
  }

  protected override render(): TemplateResult | typeof nothing {
    const [first] = this.headings;
    // The title alone is no table of contents.
    if (!first || (this.headings.length === 1 && !first.children.length)) return nothing;
    return html`<nav aria-label=${translate('On this page')}>
      <p class="docs-toc-title" aria-hidden="true">${translate('On this page')}</p>
      ${this.#list(this.headings)}
    </nav>`;
  }

  #list(headings: readonly DocsHeading[]): TemplateResult {
    return html`<ul>
      ${keyedList(
        headings,
        ({ id }) => id,
        ({ id, title, children }) =>
          html`<li>
            <span aria-current=${id === this.#read ? 'location' : nothing}
              >${link(title, { type: 'url', url: '' }, { follow: () => this.goTo(id) })}</span
            >
            ${children.length ? this.#list(children) : nothing}
          </li>`,
      )}
    </ul>`;
  }

  #scrolled = (): void => {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#read = currentSection(placesOf(this.headings)) ?? this.headings[0]?.id;
    });
  };
}

/** Yields the rendered headings of the page. */
function* placesOf(headings: readonly DocsHeading[]): Generator<readonly [Element, string]> {
  for (const { id, children } of headings) {
    const place = document.getElementById(prefixedId(id));
    if (place) yield [place, id];
    yield* placesOf(children);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-docs-toc': DocsToc;
  }
}
