import type { DocsPageContent } from '../../../../src/features/portal/protocol';
import { translate } from '../../../shared/translate';
import { SOURCE } from './sanitizeDocs';

const BROKEN = 'is-broken';

/** Marks broken links and images, with the reason as their title. */
export class BrokenMarks {
  /** Original titles; `null` if there was none. */
  #titles = new WeakMap<Element, string | null>();

  /** @param reason - undefined to remove the mark */
  mark(element: Element, reason: string | undefined): void {
    if (reason !== undefined) {
      if (!this.#titles.has(element)) this.#titles.set(element, element.getAttribute('title'));
      element.classList.add(BROKEN);
      element.setAttribute('title', reason);
    } else if (element.classList.contains(BROKEN)) {
      element.classList.remove(BROKEN);
      const before = this.#titles.get(element) ?? null;
      if (before === null) element.removeAttribute('title');
      else element.setAttribute('title', before);
    }
  }
}

const NOTE = 'docs-picture-note';

/** Loads and shows the images of a page, each version once. */
export class DocsPictures {
  #load: (source: string) => Promise<string | undefined>;
  /** Latest version of each image, by source. */
  #loaded = new Map<
    string,
    { readonly version: string; readonly url: Promise<string | undefined> }
  >();
  /** Version that each image shows or is loading. */
  #versions = new WeakMap<HTMLImageElement, string>();
  #marks = new BrokenMarks();

  /** @param load - returns a `data:` URL, or undefined if it isn't an image of the site */
  constructor(load: (source: string) => Promise<string | undefined>) {
    this.#load = load;
  }

  show(root: Element, pictures: DocsPageContent['pictures']): void {
    for (const image of root.querySelectorAll<HTMLImageElement>(`img[${SOURCE}]`)) {
      const source = image.getAttribute(SOURCE) ?? '';
      const state = Object.hasOwn(pictures, source) ? pictures[source] : undefined;
      if (state?.type === 'broken') this.#showBroken(image, state.reason);
      else if (state?.type === 'web') this.#showWeb(image, state.url);
      else void this.#showPicture(image, source, state?.version ?? '');
    }
  }

  async #showPicture(image: HTMLImageElement, source: string, version: string): Promise<void> {
    if (this.#versions.get(image) === version) return;
    this.#versions.set(image, version);
    let loaded = this.#loaded.get(source);
    if (loaded?.version !== version) {
      loaded = { version, url: this.#load(source).catch(() => undefined) };
      this.#loaded.set(source, loaded);
    }
    const url = await loaded.url;
    // Another version may have been requested in the meantime.
    if (this.#versions.get(image) !== version) return;
    if (url === undefined) {
      this.#showBroken(image, translate("This image can't be shown."));
      // Loading can be retried.
      this.#loaded.delete(source);
    } else {
      this.#markBroken(image, undefined);
      image.src = url;
    }
  }

  #showWeb(image: HTMLImageElement, url: string): void {
    if (this.#versions.get(image) === url) return;
    this.#versions.set(image, url);
    this.#markBroken(image, undefined);
    // The image's host doesn't learn the page's address.
    image.referrerPolicy = 'no-referrer';
    image.loading = 'lazy';
    image.onerror = () => {
      if (this.#versions.get(image) !== url) return;
      this.#showBroken(image, translate("{0} doesn't have this image.", new URL(url).host));
      this.#versions.set(image, url);
    };
    image.src = url;
  }

  /** Shows why there is no image: after it, and as its description. */
  #markBroken(image: HTMLImageElement, reason: string | undefined): void {
    this.#marks.mark(image, reason);
    const next = image.nextElementSibling;
    const known = next?.matches(`.${NOTE}`) ? next : undefined;
    if (reason === undefined) known?.remove();
    else if (known) known.textContent = reason;
    else {
      const note = document.createElement('span');
      note.className = NOTE;
      // Already the description of the image.
      note.ariaHidden = 'true';
      note.textContent = reason;
      image.after(note);
    }
  }

  #showBroken(image: HTMLImageElement, reason: string): void {
    this.#versions.delete(image);
    this.#markBroken(image, reason);
    image.removeAttribute('src');
    // Without alternative text, the image would be invisible.
    if (image.alt === '') image.alt = image.getAttribute(SOURCE) ?? '';
  }
}
