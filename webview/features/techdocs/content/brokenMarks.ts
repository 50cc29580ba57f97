const BROKEN = 'is-broken';

/** Marks what leads nowhere and shows nothing, with the reason as its title. */
export class BrokenMarks {
  /** What was there before; `null` for no title. */
  #titles = new WeakMap<Element, string | null>();

  /** @param reason - undefined for what is as it should be */
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
