import { SOURCE } from './sanitizeDocs';

/** Asks for the pictures of a page once each, and shows those that there are. */
export class PicturesOfDocs {
  #load: (source: string) => Promise<string | undefined>;
  #loaded = new Map<string, Promise<string | undefined>>();

  /** @param load - gives a `data:` URL, or undefined for what is no picture of the site */
  constructor(load: (source: string) => Promise<string | undefined>) {
    this.#load = load;
  }

  /** Forgets what was loaded: files may be other than they were. */
  forget(): void {
    this.#loaded.clear();
  }

  load(roots: readonly Element[]): void {
    for (const root of roots) {
      const below = [...root.querySelectorAll<HTMLImageElement>(`img[${SOURCE}]`)];
      for (const image of root instanceof HTMLImageElement ? [root] : below) void this.#show(image);
    }
  }

  async #show(image: HTMLImageElement): Promise<void> {
    const source = image.getAttribute(SOURCE) ?? '';
    let url = this.#loaded.get(source);
    if (!url) {
      url = this.#load(source).catch(() => undefined);
      this.#loaded.set(source, url);
    }
    const data = await url;
    if (data !== undefined) image.src = data;
    else image.classList.add('is-broken');
  }
}
