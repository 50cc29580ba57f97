import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { iconButton } from '../../shared/controls';
import { LightElement } from '../../shared/elements/LightElement';
import { translate } from '../../shared/translate';

const ZOOM_STEP = 1.25;
const MAX_SCALE = 16;

interface Shown {
  readonly source: string;
  readonly title: string;
}

/** Shows one image in the whole window, with zoom. The dialog traps the focus. */
@customElement('callboard-docs-lightbox')
export class DocsLightbox extends LightElement {
  @state() accessor #shown: Shown | undefined;
  /** Relative to the image's own size; undefined to fit the window. */
  @state() accessor #scale: number | undefined;

  async open(image: HTMLImageElement): Promise<void> {
    this.#shown = { source: image.currentSrc || image.src, title: image.alt };
    this.#scale = undefined;
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    this.querySelector<HTMLElement>('.docs-lightbox-view')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const shown = this.#shown;
    if (!shown) return nothing;
    const scale = this.#scale;
    return html`<dialog
      class="docs-lightbox"
      aria-label=${shown.title || translate('Image')}
      @close=${() => (this.#shown = undefined)}
      @keydown=${this.#keyPressed}
      @wheel=${this.#wheeled}
    >
      <header class="docs-lightbox-bar">
        <span class="docs-lightbox-title">${shown.title}</span>
        ${iconButton('zoom-out', translate('Zoom Out'), () => this.#zoom(1 / ZOOM_STEP), { keys: '-' })}
        <span class="docs-lightbox-scale" role="status"
          >${scale === undefined ? translate('Fit') : `${Math.round(scale * 100)} %`}</span
        >
        ${iconButton('zoom-in', translate('Zoom In'), () => this.#zoom(ZOOM_STEP), { keys: '+' })}
        ${iconButton('screen-full', translate('Fit to Window'), () => (this.#scale = undefined), { keys: '0' })}
        ${iconButton('close', translate('Close'), () => this.#close(), { keys: 'Escape' })}
      </header>
      <div class="docs-lightbox-view" tabindex="0" role="region" aria-label=${translate('Image')}>
        <img
          class=${scale === undefined ? 'is-fit' : ''}
          src=${shown.source}
          alt=${shown.title}
          @click=${() => (this.#scale = scale === undefined ? 1 : undefined)}
        />
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    const image = this.#image;
    if (!image) return;
    image.style.width =
      this.#scale === undefined ? '' : `${Math.round(image.naturalWidth * this.#scale)}px`;
  }

  #keyPressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') this.#zoom(ZOOM_STEP);
    else if (event.key === '-') this.#zoom(1 / ZOOM_STEP);
    else if (event.key === '0') this.#scale = undefined;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #wheeled = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.#zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  };

  #zoom(factor: number): void {
    const image = this.#image;
    if (!image?.naturalWidth) return;
    const shown = image.getBoundingClientRect().width / image.naturalWidth;
    this.#scale = Math.min(Math.max(shown * factor, 1 / MAX_SCALE), MAX_SCALE);
  }

  #close(): void {
    this.querySelector('dialog')?.close();
  }

  get #image(): HTMLImageElement | null {
    return this.querySelector('.docs-lightbox-view > img');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'callboard-docs-lightbox': DocsLightbox;
  }
}
