import type { DeferredEntity, EntityProvider, EntityProviderMutation } from '../../../../api';
import { type Disposable, type Logger, toDisposable } from '../../../../base';
import { type Entity, stringifyEntityRef } from '../../../../model';
import type { EntityGraph } from '../graph/entityGraph';
import type { GraphChange } from '../graph/graphChange';
import type { DescriptorReader } from '../reading/descriptorReader';
import type { ProviderSource } from '../records';

interface ConnectedProvider {
  readonly provider: EntityProvider;
  /** In the order in which they came; by full ref, the last one counts. */
  entities: ReadonlyMap<string, DeferredEntity>;
  readonly subscriptions: Disposable[];
  processed: ProviderSource;
  /** Whether the entities are others than those that were processed. */
  isStale: boolean;
  isDisposed: boolean;
}

/** After all folders of the workspace. */
const PROVIDER_GROUP = Number.MAX_SAFE_INTEGER;

/** The entities that providers bring, and their way into the graph. */
export class EntityProviders implements Disposable {
  #logger: Logger;
  #onMutation: () => Promise<void>;
  #providers = new Map<string, ConnectedProvider>();

  constructor(deps: { logger: Logger; onMutation: () => Promise<void> }) {
    this.#logger = deps.logger;
    this.#onMutation = deps.onMutation;
  }

  /** @throws if there is a provider of that name already */
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

  sources(): readonly ProviderSource[] {
    return [...this.#providers.values()].map(({ processed }) => processed);
  }

  /**
   * Runs the entities of providers that changed through the pipeline and brings the graph up to
   * date; `all` runs those of the others again, too.
   */
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
      // Meanwhile another provider may have come under the same name; its turn is yet to come.
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
          connected.entities = mutated(connected.entities, mutation);
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

/** The entities after a mutation; copies, which the provider cannot change any more. */
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

/** Undefined where something is in it that is no data; validation has the words for that. */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

/** Providers are not to be trusted to bring entities that have a ref. */
function keyOf({ entity }: DeferredEntity, index: number): string {
  try {
    return stringifyEntityRef(entity);
  } catch {
    return `#${index}`;
  }
}
