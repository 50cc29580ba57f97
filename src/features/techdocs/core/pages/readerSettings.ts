import type { StateService } from '../../../../api';

const TEXT_SIZE = 'portal.docsTextSize';

/** In percent. */
const sizes = { least: 70, most: 200, usual: 100 } as const;

/** Settings of the docs reader, persisted between sessions. */
export class ReaderSettings {
  #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  /** In percent of the editor's size. */
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
