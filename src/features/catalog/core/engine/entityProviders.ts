import type { DeferredEntity, EntityProvider, EntityProviderMutation } from '../../../../api';
import { type Disposable, type Logger, toDisposable } from '../../../../base';
import { type Entity, stringifyEntityRef } from '../../../../model';
import type { EntityGraph } from '../graph/entityGraph';
import type { GraphChange } from '../graph/graphChange';
import type { DescriptorReader } from '../reading/descriptorReader';
import type { ProviderSource } from '../records';

interface ConnectedProvider {
  readonly provider: EntityProvider;
  /** Entities by full ref, in order of arrival; the last of a ref counts. */
  entities: ReadonlyMap<string, DeferredEntity>;
  readonly subscriptions: Disposable[];
  processed: ProviderSource;
  /** Whether the entities changed since they were processed. */
  isStale: boolean;
  isDisposed: boolean;
}

/** Maximum number of entities of a provider. */
const MAX_ENTITIES = 100_000;

/** Conflict group after all workspace folders. */
const PROVIDER_GROUP = Number.MAX_SAFE_INTEGER;

/** Entities of providers, processed and added to the graph. */
export class EntityProviders implements Disposable {
  #logger: Logger;
  #onMutation: () => Promise<void>;
  #providers = new Map<string, ConnectedProvider>();

  constructor(deps: { logger: Logger; onMutation: () => Promise<void> }) {
    this.#logger = deps.logger;
    this.#onMutation = deps.onMutation;
  }

  /**
   * Connects a provider.
   *
   * @throws Error if there is a provider of that name
   */
  add(provider: EntityProvider): Disposable {
    const name = provider.getProviderName();
    if (this.#providers.get(name)?.isDisposed === false) {
      throw new Error(`An entity provider named "${name}" is already there`);
    }
    const connected: ConnectedProvider = {
      provider,
      entities: new Map(),
      subscriptions: [],
      processed: { records: [], problems: [] },
      isStale: true,
      isDisposed: false,
    };
    this.#providers.set(name, connected);
    void this.#connect(name, connected);
    return toDisposable(() => {
      connected.isDisposed = true;
      connected.isStale = true;
      connected.entities = new Map();
      void this.#onMutation();
      for (const subscription of connected.subscriptions) subscription.dispose();
    });
  }

  /** Returns the number of entities that a provider supplies. */
  countOf(name: string): number {
    return this.#providers.get(name)?.entities.size ?? 0;
  }

  /** Returns the processed entities by the name of their provider. */
  sources(): ReadonlyMap<string, ProviderSource> {
    return new Map([...this.#providers].map(([name, { processed }]) => [name, processed]));
  }

  /** Processes the entities of changed providers and updates the graph; `all` also processes unchanged ones again. */
  async process(
    reader: () => Promise<DescriptorReader>,
    { graph, change, all }: { graph: EntityGraph; change: GraphChange; all: boolean },
  ): Promise<void> {
    for (const [name, connected] of [...this.#providers]) {
      if (!all && !connected.isStale) continue;
      connected.isStale = false;
      const entities = [...connected.entities.values()];
      connected.processed = entities.length
        ? await (await reader()).ingestDeferred(entities)
        : { records: [], problems: [] };
      // Meanwhile, another provider may have taken the name; it is processed later.
      if (this.#providers.get(name) !== connected) continue;
      const order = { group: PROVIDER_GROUP, path: name };
      graph.update(`provider:${name}`, order, connected.processed.records, change);
      if (connected.isDisposed) this.#providers.delete(name);
    }
  }

  dispose(): void {
    for (const { subscriptions } of this.#providers.values()) {
      for (const subscription of subscriptions) subscription.dispose();
    }
    this.#providers.clear();
  }

  async #connect(name: string, connected: ConnectedProvider): Promise<void> {
    try {
      const subscription = await connected.provider.connect({
        applyMutation: async mutation => {
          if (connected.isDisposed) return;
          const supplied = mutation.type === 'full' ? mutation.entities : mutation.added;
          // Before they are copied, which would block the editor for seconds.
          const isFlood = supplied.length > MAX_ENTITIES;
          const entities = isFlood ? connected.entities : mutated(connected.entities, mutation);
          if (isFlood || entities.size > MAX_ENTITIES) {
            throw new RangeError(
              `Entity provider "${name}" supplies more than ${MAX_ENTITIES} entities`,
            );
          }
          connected.entities = entities;
          connected.isStale = true;
          await this.#onMutation();
        },
      });
      if (!subscription) return;
      if (connected.isDisposed) subscription.dispose();
      else connected.subscriptions.push(subscription);
    } catch (error) {
      this.#logger.error(`Entity provider "${name}" failed to connect`, error);
    }
  }
}

/** Applies a mutation to copies of the entities, which the provider can't change later. */
function mutated(
  before: ReadonlyMap<string, DeferredEntity>,
  mutation: EntityProviderMutation,
): ReadonlyMap<string, DeferredEntity> {
  const entities = new Map(mutation.type === 'full' ? [] : before);
  if (mutation.type === 'delta') {
    for (const { entityRef } of mutation.removed) entities.delete(entityRef.toLowerCase());
  }
  for (const deferred of mutation.type === 'full' ? mutation.entities : mutation.added) {
    entities.set(keyOf(deferred, entities.size), {
      ...deferred,
      entity: copyOf(deferred.entity) as Entity,
    });
  }
  return entities;
}

/** Returns undefined for values that can't be cloned; validation reports them. */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    // Functions or the like: validation reports the entity.
    return undefined;
  }
}

/** Returns the ref, or an index for an invalid entity without one. */
function keyOf({ entity }: DeferredEntity, index: number): string {
  try {
    return stringifyEntityRef(entity);
  } catch {
    // Without a ref it is known by its place, and validation reports it.
    return `#${index}`;
  }
}
