import type { CardAction, CardContent, CardFrame, CardWidth } from '../../../api';
import { errorMessage, type Translate } from '../../../base';
import { CARD_DEADLINE } from '../../../model/presentation';
import type { PluginFailures } from '../../plugins/core';
import { checkActions, checkContent } from './checkContent';

/** A card as it is shown. */
export interface CardView {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly width: CardWidth;
  readonly actions: readonly CardAction[];
  /** Id of the plugin that it comes from. */
  readonly plugin?: string;
  /** `pending`: its content takes longer than the page and has to be asked for. */
  readonly state: 'ready' | 'pending' | 'failed';
  /** Where it is ready. */
  readonly content?: CardContent;
  /** Why it failed. */
  readonly error?: string;
  /** A sentence in place of the usual one, where it failed because its content can't be drawn. */
  readonly refusal?: string;
}

/** What is to be shown of a card, and what its content comes from. */
export interface CardRequest {
  /** The card and what it is about: contents of the same key are the same. */
  readonly key: string;
  /** The card. */
  readonly frame: CardFrame;
  readonly actions?: unknown;
  /** Whether the card is asked even if an answer to an earlier request is on its way. */
  readonly again?: boolean;
  readonly load: () => unknown;
}

export interface CardLoaderDeps {
  readonly failures: PluginFailures;
  readonly pluginOf: (contribution: object) => string | undefined;
  readonly translate: Translate;
}

/** Asks cards for what they show. A plugin's mistake is shown on its card, and no other suffers. */
export class CardLoader {
  #deps: CardLoaderDeps;
  /** By key, what takes its time and somebody will come for. */
  #awaited = new Map<string, Promise<unknown>>();

  constructor(deps: CardLoaderDeps) {
    this.#deps = deps;
  }

  /** Shows a card as far as that can be done at once; undefined where it has nothing to show. */
  showNow(request: CardRequest): CardView | undefined {
    const view = this.#viewOf(request);
    try {
      const content = request.load();
      if (!isThenable(content)) return this.#ready(view, request.frame, content);
      const awaited = Promise.resolve(content);
      // It may fail before somebody comes for it, who will be told then.
      awaited.catch(() => {});
      this.#awaited.set(request.key, awaited);
      return { ...view, state: 'pending' };
    } catch (error) {
      return this.#failed(view, request.frame, error);
    }
  }

  /** Shows a card with its content, however long that takes. What takes too long is logged meanwhile. */
  async show(request: CardRequest): Promise<CardView | undefined> {
    const view = this.#viewOf(request);
    const deadline = setTimeout(() => {
      const error = new Error(`There is no content after ${CARD_DEADLINE / 1000} seconds`);
      this.#deps.failures.report(request.frame, nameOf(view), error);
    }, CARD_DEADLINE);
    const awaited = request.again ? undefined : this.#awaited.get(request.key);
    this.#awaited.delete(request.key);
    try {
      return this.#ready(view, request.frame, await (awaited ?? request.load()));
    } catch (error) {
      return this.#failed(view, request.frame, error);
    } finally {
      clearTimeout(deadline);
    }
  }

  #ready(view: Omit<CardView, 'state'>, frame: CardFrame, content: unknown): CardView | undefined {
    const { failures, translate } = this.#deps;
    if (content === undefined || content === null) return undefined;
    const checked = checkContent(content);
    if (checked.ok) {
      failures.reset(frame, nameOf(view));
      return { ...view, state: 'ready', content: checked.value };
    }
    const { unknownType, path, details } = checked.error;
    failures.report(frame, nameOf(view), new TypeError(details));
    const refusal =
      unknownType !== undefined
        ? translate('Can\'t show this card: unknown content type "{0}".', unknownType)
        : path === ''
          ? translate("Can't show this card: its content isn't valid.")
          : translate("Can't show this card: its content isn't valid at {0}.", path);
    return { ...view, state: 'failed', refusal };
  }

  #failed(view: Omit<CardView, 'state'>, frame: CardFrame, error: unknown): CardView {
    this.#deps.failures.report(frame, nameOf(view), error);
    return { ...view, state: 'failed', error: errorMessage(error) };
  }

  #viewOf({ frame, actions = [] }: CardRequest): Omit<CardView, 'state'> {
    const { failures, pluginOf } = this.#deps;
    const { id, title, icon, width = 'half' } = frame;
    const checked = checkActions(actions);
    if (!checked.ok) {
      const error = new TypeError(checked.error.details);
      failures.report(frame, `actionsFor() of the card "${id}"`, error);
    }
    const plugin = pluginOf(frame);
    return {
      id,
      title,
      icon,
      width,
      actions: checked.ok ? checked.value : [],
      ...(plugin !== undefined && { plugin }),
    };
  }
}

function nameOf({ id }: Pick<CardView, 'id'>): string {
  return `load() of the card "${id}"`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

const DEFAULT_ORDER = 100;

/** Parts in the order that they ask for; those that ask for the same, as they came. */
export function byOrder<T extends { readonly order?: number }>(parts: readonly T[]): readonly T[] {
  return [...parts].sort((a, b) => (a.order ?? DEFAULT_ORDER) - (b.order ?? DEFAULT_ORDER));
}
