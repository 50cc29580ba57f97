import type {
  PluginContribution,
  PluginDeps,
  PluginEnvironment,
  PluginInfo,
  PluginStatus,
  PortalPlugin,
  ResolvedDeps,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  errorMessage,
  toDisposable,
} from '../../../base';
import type { Clock } from '../../../platform/core/ports';
import { findCycle } from './findCycle';
import type { Permissions } from './permissions/permissions';
import type { PluginChoices } from './permissions/pluginChoices';
import type { PluginIdentity } from './permissions/pluginIdentity';
import type { PluginActivity } from './pluginActivity';
import type { PluginFacade } from './pluginFacade';
import { type PluginPlace, PluginRecord } from './pluginRecord';
import {
  assertIsInit,
  assertIsPlugin,
  describeRef,
  isObject,
  isPromise,
  type RefKind,
  refWords,
} from './pluginShapes';
import { isDisposable, trackContributions } from './trackContributions';

/** Milliseconds after which a running `init` is logged as slow. It isn't cancelled. */
const SLOW_INIT = 10_000;

interface Offer {
  readonly owner: PluginRecord;
  readonly kind: RefKind;
  readonly implementation: unknown;
}

export interface PluginHostDeps {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Loads the user's decisions; without them, no plugin is disabled. */
  readonly loadChoices?: () => Promise<Pick<PluginChoices, 'isDisabled' | 'setDisabled'>>;
  /** Permissions of plugins of others. Default: they may do what they declare. */
  readonly permissions?: Pick<Permissions, 'demand'> | undefined;
}

/** A plugin with what it has done. */
export interface PluginDetails extends PluginIdentity {
  readonly status: PluginStatus;
  /** Reason of the failure, or the missing dependencies. */
  readonly error: string | undefined;
  /** URI of the file that declares the plugin. */
  readonly manifest: string | undefined;
  /** Undefined for built-in plugins. */
  readonly activity: PluginActivity | undefined;
}

/**
 * Runs plugins in isolation from each other.
 *
 * - Services and extension points are found by the id of their ref, so that a plugin bundled with a copy of the API
 *   finds them, too.
 * - `register` of a built-in plugin runs at once, that of other plugins after the facade that guards them is loaded.
 *   `init` runs in the next microtask, after the owners of its dependencies are active. A plugin without its
 *   dependencies waits until a later plugin offers them.
 * - A plugin that throws has failed: its contributions are disposed and its offers withdrawn. Others continue.
 * - When a plugin is removed, the users of its offers wait again, and their `init` runs again if they are offered
 *   again. Users stop before owners.
 */
export class PluginHost implements Disposable {
  #logger: Logger;
  #clock: Clock;
  #records = new Map<string, PluginRecord>();
  #offers = new Map<string, Offer>();
  /** Plugin ids by the objects that the plugins contributed to extension points. */
  #contributors = new WeakMap<object, string>();
  #onDidChange: Emitter<void>;
  #initialization: Promise<void> | undefined;
  #pendingInits = new Set<Promise<void>>();
  readonly #loadChoices: () => Promise<
    Pick<PluginChoices, 'isDisabled' | 'setDisabled'> | undefined
  >;
  #permissions: PluginHostDeps['permissions'];
  #disposed = false;

  constructor(deps: PluginHostDeps) {
    this.#logger = deps.logger;
    this.#clock = deps.clock;
    this.#loadChoices = deps.loadChoices ?? (() => Promise.resolve(undefined));
    this.#permissions = deps.permissions;
    this.#onDidChange = new Emitter(error => this.#logger.error('A listener failed', error));
  }

  /** Fires when a plugin is added, removed, or changes its status. */
  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  /** Plugins in the order of registration. */
  get plugins(): readonly PluginInfo[] {
    return [...this.#records.values()].map(({ id, identity: { extension }, status, error }) => ({
      id,
      ...(extension !== undefined && { extension }),
      status,
      error,
    }));
  }

  /** Plugins with what they have done, in the order of registration. */
  get details(): readonly PluginDetails[] {
    return [...this.#records.values()].map(({ identity, status, error, manifest, activity }) => ({
      ...identity,
      status,
      error,
      manifest,
      activity,
    }));
  }

  /**
   * Adds a plugin. Dispose the result to remove it. A plugin that fails doesn't throw here; its status is `failed`.
   *
   * @param place - where the plugin is from; default: built in
   * @throws TypeError if it isn't a plugin; Error if its id is taken or the host is disposed
   */
  register(plugin: PortalPlugin, place: PluginPlace = {}): Disposable {
    assertIsPlugin(plugin);
    if (this.#disposed) throw new Error('The plugin host was disposed');
    // Reads the id once: a getter could answer another one's id later.
    const record = new PluginRecord(plugin, place);
    if (this.#records.has(record.id)) {
      throw new Error(`Plugin "${record.id}" is already registered`);
    }
    this.#records.set(record.id, record);
    this.#start(record);
    return toDisposable(() => this.#unregister(record));
  }

  /** Returns the id of the plugin that made a contribution to an extension point. */
  pluginOf(contribution: object): string | undefined {
    return this.#contributors.get(contribution);
  }

  /** Counts a failure of a contribution, unless its call has counted it already. */
  reportFailure(contribution: object, what: string, error: unknown): void {
    const record = this.#records.get(this.#contributors.get(contribution) ?? '');
    record?.activity?.addError(contribution, what, error);
  }

  /** Stops a plugin and starts it again, as its first time. A disabled one stays stopped. */
  reload(id: string): void {
    const record = this.#records.get(id);
    if (!record) return;
    this.#stop(record);
    this.#withdrawOffers(record);
    this.#start(record);
  }

  /**
   * Enables or disables a plugin, for later sessions, too.
   *
   * @throws RangeError for built-in plugins
   */
  async setEnabled(id: string, isEnabled: boolean): Promise<void> {
    const record = this.#records.get(id);
    if (!record) return;
    if (record.identity.origin === 'builtin') {
      throw new RangeError(`Plugin "${id}" is part of Callboard`);
    }
    await (await this.#loadChoices())?.setDisabled(record.identity, !isEnabled);
    this.reload(id);
  }

  /** Resolves when no `init` is running or about to run. */
  async whenSettled(): Promise<void> {
    while (this.#initialization ?? this.#pendingInits.size) {
      await this.#initialization;
      await Promise.all(this.#pendingInits);
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    // The newest first. #stop stops users before owners.
    for (const record of [...this.#records.values()].reverse()) this.#stop(record);
    this.#records.clear();
    this.#offers.clear();
    this.#onDidChange.dispose();
  }

  #start(record: PluginRecord): void {
    const run = ++record.run;
    record.offers.clear();
    record.isRegistered = false;
    record.init = undefined;
    record.error = undefined;
    record.status = 'waiting';
    if (record.identity.origin === 'builtin') this.#runRegister(record);
    else {
      const started = this.#startOther(record, run);
      this.#follow(
        started.catch((error: unknown) => {
          if (record.run === run) this.#fail(record, 'register', error);
        }),
      );
    }
    this.#onDidChange.fire();
    void this.#scheduleInitialization();
  }

  /** Loads what only plugins of others need, and runs `register` unless the user has disabled the plugin. */
  async #startOther(record: PluginRecord, run: number): Promise<void> {
    const [{ PluginFacade, PluginActivity, readCapabilities }, choices] = await Promise.all([
      import('./outside'),
      this.#loadChoices(),
    ]);
    if (record.run !== run || this.#records.get(record.id) !== record) return;
    const [ofManifest, ofPlugin] = record.declared.map(readCapabilities);
    const capabilities = { ...ofManifest, ...ofPlugin };
    const identity = (record.identity = { ...record.identity, capabilities });
    const activity = (record.activity ??= new PluginActivity(() => this.#clock.now()));
    record.facade ??= new PluginFacade({ identity, activity, permissions: this.#permissions });
    if (choices?.isDisabled(identity)) record.status = 'disabled';
    else this.#runRegister(record);
    void this.#scheduleInitialization();
  }

  /** Has {@link whenSettled} wait for an activation. */
  #follow(activation: Promise<void>): void {
    const pending = activation.finally(() => this.#pendingInits.delete(pending));
    this.#pendingInits.add(pending);
  }

  #runRegister(record: PluginRecord): void {
    record.isRegistered = true;
    let open = true;
    const assertOpen = (): void => {
      if (!open) throw new Error(`"${record.id}" used its environment after register() returned`);
    };
    const offer = (id: string, kind: Offer['kind'], implementation: unknown): void => {
      assertOpen();
      const owner = this.#offers.get(id)?.owner;
      if (owner)
        throw new Error(`${describeRef(kind, id)} is already offered by plugin "${owner.id}"`);
      this.#offers.set(id, { owner: record, kind, implementation });
      record.offers.add(id);
    };
    const environment: PluginEnvironment = {
      registerService: (ref, implementation) => offer(ref.id, 'service', implementation),
      registerExtensionPoint: (point, implementation) =>
        offer(point.id, 'extension-point', implementation),
      registerInit: init => {
        assertOpen();
        assertIsInit(init);
        if (record.init) throw new Error('registerInit() was called twice');
        record.init = { deps: init.deps, init: deps => init.init(deps as never) };
      },
    };
    try {
      record.plugin.register(environment);
    } catch (error) {
      this.#fail(record, 'register', error);
    } finally {
      open = false;
    }
  }

  #unregister(record: PluginRecord): void {
    if (this.#records.get(record.id) !== record) return;
    this.#stop(record);
    this.#withdrawOffers(record);
    this.#records.delete(record.id);
    this.#onDidChange.fire();
    void this.#scheduleInitialization();
  }

  /** Lets all plugins of this turn register, then initializes those that are ready. */
  #scheduleInitialization(): Promise<void> {
    this.#initialization ??= Promise.resolve().then(() => {
      this.#initialization = undefined;
      this.#initializeReady();
    });
    return this.#initialization;
  }

  #initializeReady(): void {
    if (this.#disposed) return;
    this.#failCycles();
    for (let next = this.#nextReady(); next; next = this.#nextReady()) this.#initialize(next);
    for (const record of this.#records.values()) {
      if (record.isRegistered && record.status === 'waiting') this.#explainWaiting(record);
    }
    this.#onDidChange.fire();
  }

  #nextReady(): PluginRecord | undefined {
    for (const record of this.#records.values()) {
      const isReady = record.isRegistered && record.status === 'waiting';
      if (isReady && record.needs.every(id => this.#isAvailable(id))) return record;
    }
    return undefined;
  }

  #isAvailable(id: string): boolean {
    return this.#offers.get(id)?.owner.status === 'active';
  }

  #failCycles(): void {
    const ownersOf = (record: PluginRecord): readonly PluginRecord[] =>
      record.needs.flatMap(id => this.#offers.get(id)?.owner ?? []);
    for (;;) {
      const waiting = [...this.#records.values()].filter(({ status }) => status === 'waiting');
      const cycle = findCycle(waiting, ownersOf);
      if (!cycle) return;
      const path = [...cycle, cycle[0]].map(record => `"${record?.id}"`).join(' -> ');
      for (const record of cycle) {
        this.#fail(record, 'init', new Error(`Plugins depend on each other: ${path}`));
      }
    }
  }

  #initialize(record: PluginRecord): void {
    const run = ++record.run;
    record.contributions = new DisposableStore();
    record.error = undefined;
    record.status = 'initializing';
    let contribution: PluginContribution | Promise<PluginContribution>;
    try {
      contribution = record.init?.init(this.#resolve(record, record.init.deps));
    } catch (error) {
      this.#fail(record, 'init', error);
      return;
    }
    if (!isPromise(contribution)) {
      this.#activate(record, run, contribution);
      return;
    }
    this.#follow(this.#finishLater(record, run, contribution));
  }

  async #finishLater(
    record: PluginRecord,
    run: number,
    contribution: Promise<PluginContribution>,
  ): Promise<void> {
    const finished = new AbortController();
    void this.#warnWhenSlow(record, finished.signal);
    try {
      this.#activate(record, run, await contribution);
    } catch (error) {
      if (record.run === run && record.status === 'initializing') this.#fail(record, 'init', error);
      else this.#logger.warn(`Plugin "${record.id}" failed after it was removed`);
    } finally {
      finished.abort();
    }
    await this.#scheduleInitialization();
  }

  #activate(record: PluginRecord, run: number, contribution: PluginContribution): void {
    const wanted = record.run === run && record.status === 'initializing';
    // A disposed store disposes late contributions at once.
    const store = wanted ? record.contributions : disposedStore();
    try {
      addContributions(store, contribution);
    } catch (error) {
      if (wanted) this.#fail(record, 'init', error);
      else this.#logger.error(`Can't dispose plugin "${record.id}"`, error);
      return;
    }
    if (!wanted) return;
    record.status = 'active';
    this.#logger.debug(`Plugin "${record.id}" is active`);
  }

  async #warnWhenSlow(record: PluginRecord, signal: AbortSignal): Promise<void> {
    try {
      await this.#clock.delay(SLOW_INIT, signal);
    } catch {
      // Activation ended in time.
      return;
    }
    this.#logger.warn(
      `Plugin "${record.id}" is still initializing after ${SLOW_INIT / 1000} s. Its dependents are waiting.`,
    );
  }

  #resolve(record: PluginRecord, deps: PluginDeps): ResolvedDeps<PluginDeps> {
    const resolved: Record<string, unknown> = {};
    for (const [name, ref] of Object.entries(deps)) {
      const offer = this.#offers.get(ref.id);
      if (!offer) throw new Error(`${describeRef(ref.$$type, ref.id)} isn't available`);
      if (offer.kind !== ref.$$type) {
        throw new Error(
          `"${ref.id}" is no ${refWords[ref.$$type]}; it is declared as ${refWords[offer.kind]}`,
        );
      }
      const { owner, implementation } = offer;
      if (offer.kind === 'extension-point' && isObject(implementation)) {
        resolved[name] = trackContributions(implementation, record.contributions, contribution =>
          this.#wrap(record, contribution, { point: ref.id, owner }),
        );
      } else {
        const facade = facadeBetween(record, owner);
        resolved[name] = facade ? facade.serviceOf(ref.id, implementation) : implementation;
      }
    }
    return resolved as ResolvedDeps<PluginDeps>;
  }

  /** Attributes a contribution, and measures the calls by Callboard. */
  #wrap(
    record: PluginRecord,
    contribution: object,
    { point, owner }: { readonly point: string; readonly owner: PluginRecord },
  ) {
    const wrapped = facadeBetween(record, owner)?.contribute(contribution, point) ?? contribution;
    for (const part of [contribution, wrapped]) this.#contributors.set(part, record.id);
    const onDispose = (): void => record.activity?.removeContribution(contribution);
    return { wrapped, onDispose };
  }

  #explainWaiting(record: PluginRecord): void {
    const reasons = record.needs
      .filter(id => !this.#isAvailable(id))
      .map(id => {
        const ref = Object.values(record.init?.deps ?? {}).find(dep => dep.id === id);
        const what = describeRef(ref?.$$type ?? 'service', id);
        // The failed plugin's offers are withdrawn, but users should see the plugin that failed.
        const owner =
          this.#offers.get(id)?.owner ??
          [...this.#records.values()].find(({ offers }) => offers.has(id));
        if (!owner) return `${what}, which no plugin offers`;
        return `${what} of plugin "${owner.id}", which is ${owner.status}`;
      });
    const error = `Waiting for ${reasons.join('; ')}`;
    if (error === record.error) return;
    record.error = error;
    this.#logger.info(`Plugin "${record.id}": ${error}`);
  }

  #fail(record: PluginRecord, phase: 'register' | 'init', error: unknown): void {
    this.#logger.error(`Plugin "${record.id}" failed in ${phase}()`, error);
    record.activity?.addError(undefined, `${phase}()`, error);
    this.#stop(record);
    this.#withdrawOffers(record);
    record.status = 'failed';
    record.error = errorMessage(error);
  }

  /** Disposes a plugin's contributions, after those of the plugins that use its offers. All of them wait again. */
  #stop(record: PluginRecord): void {
    if (!record.isRunning) return;
    record.status = 'waiting';
    record.run++;
    for (const user of [...this.#records.values()].reverse()) {
      if (user.isRunning && user.needs.some(id => record.offers.has(id))) this.#stop(user);
    }
    try {
      record.contributions.dispose();
    } catch (error) {
      this.#logger.error(`Can't dispose plugin "${record.id}"`, error);
    }
  }

  #withdrawOffers(record: PluginRecord): void {
    for (const id of record.offers) {
      if (this.#offers.get(id)?.owner === record) this.#offers.delete(id);
    }
  }
}

/** Returns a plugin's facade for an offer of Callboard. Plugins of others use each other's offers directly. */
function facadeBetween(user: PluginRecord, owner: PluginRecord): PluginFacade | undefined {
  return owner.identity.origin === 'builtin' ? user.facade : undefined;
}

/** Adds the disposables of a contribution first, so that a refused contribution leaves nothing behind. */
function addContributions(store: DisposableStore, contribution: PluginContribution): void {
  if (contribution === undefined) return;
  const list: readonly unknown[] = Array.isArray(contribution) ? contribution : [contribution];
  for (const item of list) if (isDisposable(item)) store.add(item);
  if (!list.every(isDisposable)) {
    throw new TypeError('init() must return a Disposable, an array of them, or nothing');
  }
}

function disposedStore(): DisposableStore {
  const store = new DisposableStore();
  store.dispose();
  return store;
}
