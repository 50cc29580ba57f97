import { errorMessage, type Logger } from '../../../base';

/** Maximum number of distinct causes to log per contribution. Messages with changing parts would fill the log. */
const MAX_CAUSES = 20;

/** Returns the id of the plugin that made a contribution, if a plugin did. */
export type PluginOf = (contribution: object) => string | undefined;

export interface PluginFailuresDeps {
  readonly logger: Logger;
  readonly pluginOf: PluginOf;
  /** Called with each failure, logged or not. */
  readonly onFailure?: ((contribution: object, what: string, error: unknown) => void) | undefined;
}

/** Logs failures of plugins. Each cause is logged once until the contribution works again. */
export class PluginFailures {
  #logger: Logger;
  #pluginOf: PluginOf;
  #onFailure: PluginFailuresDeps['onFailure'];
  #causes = new WeakMap<object, Set<string>>();

  constructor(deps: PluginFailuresDeps) {
    this.#logger = deps.logger;
    this.#pluginOf = deps.pluginOf;
    this.#onFailure = deps.onFailure;
  }

  /** @param what - the part that failed, such as `getProblems()` */
  report(contribution: object, what: string, error: unknown): void {
    this.#onFailure?.(contribution, what, error);
    let causes = this.#causes.get(contribution);
    if (!causes) this.#causes.set(contribution, (causes = new Set()));
    const cause = `${what}: ${errorMessage(error)}`;
    if (causes.has(cause) || causes.size >= MAX_CAUSES) return;
    causes.add(cause);
    const plugin = this.#pluginOf(contribution);
    const who = plugin === undefined ? '' : `Plugin "${plugin}": `;
    this.#logger.error(`${who}${what} failed`, error);
  }

  /** Marks a part as working: its next failure is logged, whatever the cause. */
  reset(contribution: object, what: string): void {
    const causes = this.#causes.get(contribution);
    for (const cause of causes ?? []) if (cause.startsWith(`${what}: `)) causes?.delete(cause);
  }
}
