import type { StateService } from '../../../../api';

const TEXT_SIZE = 'portal.docsTextSize';

/** In percent. */
const sizes = { least: 70, most: 200, usual: 100 } as const;

/** How people read docs, kept from one session to the next. */
export class ReaderSettings {
  #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  /** In percent of what the editor has. */
  get textSize(): number {
    const size = this.#state.get(TEXT_SIZE);
    return typeof size === 'number' && isTextSize(size) ? size : sizes.usual;
  }

  async setTextSize(size: number): Promise<void> {
    if (isTextSize(size)) await this.#state.set(TEXT_SIZE, size);
  }
}

function isTextSize(size: number): boolean {
  return size >= sizes.least && size <= sizes.most;
}
