import type { CardAction, CardContent, CardFrame, CardWidth } from '../../api';
import { errorMessage, type Logger } from '../../base';

/** A card as it is shown. */
export interface CardView {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly width: CardWidth;
  readonly actions: readonly CardAction[];
  /** `pending`: its content takes longer than the page and has to be asked for. */
  readonly state: 'ready' | 'pending' | 'failed';
  /** Where it is ready. */
  readonly content?: CardContent;
  /** Why it failed. */
  readonly error?: string;
}

/** What is to be shown of a card, and what its content comes from. */
export interface CardRequest {
  /** The card and what it is about: contents of the same key are the same. */
  readonly key: string;
  readonly frame: CardFrame;
  readonly actions?: readonly CardAction[];
  readonly load: () => CardContent | undefined | Promise<CardContent | undefined>;
}

/** Asks cards for what they show. A plugin's mistake is shown on its card, and no other suffers. */
export class CardLoader {
  #logger: Logger;
  /** By key, what takes its time and somebody will come for. */
  #awaited = new Map<string, Promise<CardContent | undefined>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Shows a card as far as that can be done at once; undefined where it has nothing to show. */
  showNow(request: CardRequest): CardView | undefined {
    const view = viewOf(request);
    try {
      const content = request.load();
      if (!(content instanceof Promise)) return content && { ...view, state: 'ready', content };
      // It may fail before somebody comes for it, who will be told then.
      content.catch(() => {});
      this.#awaited.set(request.key, content);
      return { ...view, state: 'pending' };
    } catch (error) {
      return this.#failed(view, error);
    }
  }

  /** Shows a card with its content, however long that takes. */
  async show(request: CardRequest): Promise<CardView | undefined> {
    const view = viewOf(request);
    const awaited = this.#awaited.get(request.key);
    this.#awaited.delete(request.key);
    try {
      const content = await (awaited ?? request.load());
      return content && { ...view, state: 'ready', content };
    } catch (error) {
      return this.#failed(view, error);
    }
  }

  #failed(view: Omit<CardView, 'state'>, error: unknown): CardView {
    this.#logger.error(`The card "${view.id}" could not be shown`, error);
    return { ...view, state: 'failed', error: errorMessage(error) };
  }
}

function viewOf({ frame, actions = [] }: CardRequest): Omit<CardView, 'state'> {
  const { id, title, icon, width = 'half' } = frame;
  return { id, title, icon, width, actions };
}
