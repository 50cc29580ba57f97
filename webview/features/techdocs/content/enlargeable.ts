const ENLARGEABLE = 'is-enlargeable';

/** Smaller ones, such as icons and badges, are shown whole, in pixels. */
const LEAST = { width: 64, height: 48 };

/** Has pictures that one may want to see larger be buttons, once they are there. */
export class EnlargeablePictures {
  #root: HTMLElement;
  #enlarge: (image: HTMLImageElement) => void;

  constructor(root: HTMLElement, enlarge: (image: HTMLImageElement) => void) {
    this.#root = root;
    this.#enlarge = enlarge;
  }

  connect(): void {
    // Neither reaches who is around it.
    this.#root.addEventListener('load', this.#loaded, { capture: true });
    this.#root.addEventListener('error', this.#loaded, { capture: true });
    this.#root.addEventListener('click', this.#clicked);
    this.#root.addEventListener('keydown', this.#keyPressed);
  }

  #loaded = ({ target }: Event): void => {
    if (!(target instanceof HTMLImageElement)) return;
    const { naturalWidth: width, naturalHeight: height } = target;
    // What leads somewhere leads there.
    const isLink = target.closest('a[href]') !== null || target.useMap !== '';
    const isLarge = width >= LEAST.width && height >= LEAST.height;
    if (isLarge && !isLink) {
      target.classList.add(ENLARGEABLE);
      target.tabIndex = 0;
      target.setAttribute('role', 'button');
      target.setAttribute('aria-haspopup', 'dialog');
    } else if (target.classList.contains(ENLARGEABLE)) {
      target.classList.remove(ENLARGEABLE);
      for (const name of ['tabindex', 'role', 'aria-haspopup']) target.removeAttribute(name);
    }
  };

  #clicked = ({ target }: MouseEvent): void => {
    if (isEnlargeable(target)) this.#enlarge(target);
  };

  #keyPressed = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if ((key !== 'Enter' && key !== ' ') || !isEnlargeable(target)) return;
    event.preventDefault();
    this.#enlarge(target);
  };
}

function isEnlargeable(target: EventTarget | null): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.classList.contains(ENLARGEABLE);
}
