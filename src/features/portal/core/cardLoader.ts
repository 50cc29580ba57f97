import type { CardAction, CardContent, CardFrame, CardWidth } from '../../../api';
import { errorMessage, type Translate } from '../../../base';
import { CARD_DEADLINE } from '../../../model/presentation';
import type { PluginFailures } from '../../plugins/core';
import { checkActions, checkContent } from './checkContent';

/** A card as the page shows it. */
export interface CardView {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  readonly width: CardWidth;
  readonly actions: readonly CardAction[];
  /** Id of the plugin that contributes the card. */
  readonly plugin?: string;
  /** `pending`: the content isn't ready with the page and must be requested. */
  readonly state: 'ready' | 'pending' | 'failed';
  /** Content of a ready card. */
  readonly content?: CardContent;
  /** Message of a failed card. */
  readonly error?: string;
  /** Replaces the usual message if the content can't be rendered. */
  readonly refusal?: string;
}

/** A card to load. */
export interface CardRequest {
  /** Identifies the card and its subject. Requests with the same key share content. */
  readonly key: string;
  readonly frame: CardFrame;
  readonly actions?: unknown;
  /** Whether to load the card again even if a request is pending. */
  readonly again?: boolean;
  readonly load: () => unknown;
}

export interface CardLoaderDeps {
  readonly failures: PluginFailures;
  readonly pluginOf: (contribution: object) => string | undefined;
  readonly translate: Translate;
}

/** Loads the content of cards. A failure of a plugin is shown on its card only. */
export class CardLoader {
  #deps: CardLoaderDeps;
  /** Pending content by key, for the page to request. */
  #awaited = new Map<string, Promise<unknown>>();

  constructor(deps: CardLoaderDeps) {
    this.#deps = deps;
  }

  /** Returns a card with the content that is ready at once; undefined if the card has nothing to show. */
  showNow(request: CardRequest): CardView | undefined {
    const view = this.#viewOf(request);
    try {
      const content = request.load();
      if (!isThenable(content)) return this.#ready(view, request.frame, content);
      const awaited = Promise.resolve(content);
      // The error is reported when the page requests the card.
      awaited.catch(() => {});
      this.#awaited.set(request.key, awaited);
      return { ...view, state: 'pending' };
    } catch (error) {
      return this.#failed(view, request.frame, error);
    }
  }

  /** Returns a card with its content, and logs a card that is slow. */
  async show(request: CardRequest): Promise<CardView | undefined> {
    const view = this.#viewOf(request);
    const deadline = setTimeout(() => {
      const error = new Error(`No content after ${CARD_DEADLINE / 1000} seconds`);
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

/** Sorts by `order`; equal orders keep their sequence. */
export function byOrder<T extends { readonly order?: number }>(parts: readonly T[]): readonly T[] {
  return [...parts].sort((a, b) => (a.order ?? DEFAULT_ORDER) - (b.order ?? DEFAULT_ORDER));
}
