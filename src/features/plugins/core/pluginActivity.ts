import { errorMessage } from '../../../base';
import type { Capability } from './permissions/pluginIdentity';

/** Maximum number of distinct errors, and of uses of capabilities, to remember per plugin. */
const MAX_ERRORS = 20;
const MAX_USES = 100;
/** Maximum number of contributions to list per plugin. */
const MAX_CONTRIBUTIONS = 500;
const MAX_TEXT = 500;
/** Milliseconds after which an unanswered call counts as hanging. */
const PATIENCE = 10_000;

/** Calls of one contribution. */
export interface ContributionActivity {
  /** Id of the extension point. */
  readonly point: string;
  /** Title or id, as the plugin names it. */
  readonly name: string;
  readonly calls: number;
  /** Milliseconds that its synchronous parts took. */
  readonly time: number;
  readonly errors: number;
  /** Number of calls without an answer for 10 seconds. */
  readonly hanging: number;
}

/** An error of a plugin. Equal ones are counted. */
export interface PluginError {
  /** The part that failed, such as `load()`. */
  readonly what: string;
  readonly message: string;
  /** Time of the last one, in milliseconds since the epoch. */
  readonly at: number;
  readonly count: number;
}

/** A use of a capability, allowed or not. */
export interface CapabilityUse {
  readonly capability: Capability;
  /** Name of the action, such as `Set owner of orders`. */
  readonly detail: string;
  readonly isAllowed: boolean;
  readonly at: number;
}

interface Contribution {
  readonly point: string;
  readonly name: string;
  calls: number;
  time: number;
  errors: number;
  /** Start times of unanswered calls. */
  readonly pending: Set<{ readonly since: number }>;
}

/** Calls, time and errors of a plugin in this session. All lists are bounded. */
export class PluginActivity {
  readonly #now: () => number;
  readonly #contributions = new Map<object, Contribution>();
  /** By part and message. */
  readonly #errors = new Map<string, PluginError>();
  readonly #uses: CapabilityUse[] = [];
  /** Numbers of allowed uses. */
  readonly #allowedUses = new Map<Capability, number>();
  #errorCount = 0;
  #slowest: { readonly what: string; readonly time: number } | undefined;
  #time = 0;
  #calls = 0;
  /** Errors that were counted, so that the next reporter of the same one doesn't count it again. */
  readonly #seen = new WeakSet<object>();

  /** @param now - time in milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds of all synchronous parts of calls. */
  get time(): number {
    return this.#time;
  }

  get calls(): number {
    return this.#calls;
  }

  /** The call that blocked the editor longest. */
  get slowest(): { readonly what: string; readonly time: number } | undefined {
    return this.#slowest;
  }

  /** Number of all errors, forgotten ones included. */
  get errorCount(): number {
    return this.#errorCount;
  }

  /** The newest errors, newest first. */
  get errors(): readonly PluginError[] {
    return [...this.#errors.values()].reverse();
  }

  /** The newest uses of capabilities, newest first. */
  get uses(): readonly CapabilityUse[] {
    return [...this.#uses].reverse();
  }

  /** Returns the number of all allowed uses of a capability, forgotten ones included. */
  countAllowedUses(capability: Capability): number {
    return this.#allowedUses.get(capability) ?? 0;
  }

  get contributions(): readonly ContributionActivity[] {
    const deadline = this.#now() - PATIENCE;
    return [...this.#contributions.values()].map(({ pending, ...contribution }) => ({
      ...contribution,
      hanging: [...pending].filter(({ since }) => since <= deadline).length,
    }));
  }

  addContribution(contribution: object, point: string, name: string): void {
    if (this.#contributions.size >= MAX_CONTRIBUTIONS) return;
    this.#contributions.set(contribution, {
      point,
      name: cut(name),
      calls: 0,
      time: 0,
      errors: 0,
      pending: new Set(),
    });
  }

  removeContribution(contribution: object): void {
    this.#contributions.delete(contribution);
  }

  /** Counts the synchronous part of a call. */
  addCall(contribution: object, what: string, time: number): void {
    this.#calls++;
    this.#time += time;
    if (time > (this.#slowest?.time ?? 0)) this.#slowest = { what, time };
    const counted = this.#contributions.get(contribution);
    if (!counted) return;
    counted.calls++;
    counted.time += time;
  }

  /** Notes that a call waits for its answer. Call the result when it is there. */
  addPending(contribution: object): () => void {
    const pending = this.#contributions.get(contribution)?.pending;
    const call = { since: this.#now() };
    pending?.add(call);
    return () => void pending?.delete(call);
  }

  /** Counts an error, once for each error object. */
  addError(contribution: object | undefined, what: string, error: unknown): void {
    if (typeof error === 'object' && error !== null) {
      if (this.#seen.has(error)) return;
      this.#seen.add(error);
    }
    this.#errorCount++;
    const counted = contribution && this.#contributions.get(contribution);
    if (counted) counted.errors++;
    const message = cut(errorMessage(error));
    const key = `${what}: ${message}`;
    const count = (this.#errors.get(key)?.count ?? 0) + 1;
    // Moves it to the end.
    this.#errors.delete(key);
    this.#errors.set(key, { what: cut(what), message, at: this.#now(), count });
    if (this.#errors.size > MAX_ERRORS) this.#errors.delete([...this.#errors.keys()][0] ?? '');
  }

  addUse(use: Omit<CapabilityUse, 'at'>): void {
    const { capability, detail, isAllowed } = use;
    if (isAllowed) this.#allowedUses.set(capability, this.countAllowedUses(capability) + 1);
    this.#uses.push({ ...use, detail: cut(detail), at: this.#now() });
    if (this.#uses.length > MAX_USES) this.#uses.shift();
  }
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT);
}
