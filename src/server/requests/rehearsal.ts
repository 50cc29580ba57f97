import { type Disposable, DisposableStore, type Logger } from '../../base';
import type {
  LanguageContext,
  LanguageProvider,
  YamlText,
} from '../../features/authoring/language';
import type { Clock } from '../../platform/core/ports';
import type { CatalogSource } from '../catalog/catalogSource';
import { isYaml, type OpenTexts } from '../texts/openTexts';

export interface RehearsalDeps {
  readonly texts: Pick<OpenTexts, 'get' | 'uris' | 'onDidOpen'>;
  readonly source: Pick<CatalogSource, 'onDidSettle'>;
  readonly context: LanguageContext;
  readonly providers: readonly LanguageProvider[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether somebody waits for an answer. */
  readonly isBusy: () => boolean;
}

/** Behind what people complete something: each is answered by code of its own. */
const PLACES = [
  /^ +owner:[ \t]*/m,
  /^ +(?:type|lifecycle):[ \t]*/m,
  /^ +action:[ \t]*/m,
  /^ +input:[ \t]*\r?\n +/m,
  /\$\{\{ *\w+\./,
  /^metadata:[ \t]*\r?\n +/m,
];

/** In milliseconds, between looks at whether there is time. */
const PAUSE = 20;

/** The second time is faster than the first, and so on. */
const ROUNDS = 3;

/**
 * Asks for itself what an editor will ask in a text that has just been opened, so that nobody waits for the first
 * answers: schemas are read then, and code is compiled. Of each kind of document the first is enough.
 */
export class Rehearsal implements Disposable {
  readonly #deps: RehearsalDeps;
  readonly #store = new DisposableStore();
  readonly #stopped = new AbortController();
  /** What has been tried: kinds of descriptors. */
  readonly #kinds = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(deps: RehearsalDeps) {
    this.#deps = deps;
    const { texts, source } = deps;
    this.#store.add(texts.onDidOpen(uri => this.#add(uri)));
    this.#store.add(
      source.onDidSettle(() => {
        for (const uri of texts.uris()) this.#add(uri);
      }),
    );
  }

  dispose(): void {
    this.#stopped.abort();
    this.#store.dispose();
  }

  #add(uri: string): void {
    const { texts, context, logger } = this.#deps;
    const open = texts.get(uri);
    if (!open || !isYaml(open) || !context.catalog.isReady) return;
    const kind = /^kind:[ \t]*["']?(\w+)/m.exec(open.yaml.text)?.[1];
    if (kind === undefined || this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    this.#last = this.#last
      .then(() => this.#rehearse(open.yaml))
      .catch((error: unknown) => logger.error('The first answers could not be prepared', error));
  }

  async #rehearse(text: YamlText): Promise<void> {
    const { context, providers, clock, isBusy } = this.#deps;
    const { signal } = this.#stopped;
    for (let round = 0; round < ROUNDS; round++) {
      for (const place of PLACES) {
        const found = place.exec(text.text);
        if (!found) continue;
        const offset = found.index + found[0].length;
        const request = { context, text, signal, offset, position: text.positionAt(offset) };
        for (const provider of providers) {
          // Whatever else there is to do comes first.
          await clock.yield();
          while (isBusy() && !signal.aborted) await clock.delay(PAUSE);
          if (signal.aborted) return;
          await provider.complete?.(request);
          await provider.hover?.(request);
        }
      }
    }
  }
}
