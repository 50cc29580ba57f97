import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the focus on the element with the same `data-key` when a component renders. Reordered elements would lose it.
 */
export class FocusKeeper implements ReactiveController {
  #host: ReactiveControllerHost & HTMLElement;
  #key: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { activeElement } = document;
    this.#key =
      activeElement instanceof HTMLElement && this.#host.contains(activeElement)
        ? activeElement.dataset['key']
        : undefined;
  }

  hostUpdated(): void {
    const key = this.#key;
    if (key === undefined || this.#host.contains(document.activeElement)) return;
    this.#host.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}
