import type {
  EntityProviderConnection,
  EntityProviderMutation,
  EntityProvidersExtensionPoint,
} from '../../../../api';
import { type Disposable, DisposableStore, errorMessage, isRecord } from '../../../../base';

export interface ThreadProvidersDeps {
  /** Gets the entities; undefined if they aren't used. */
  readonly catalog: EntityProvidersExtensionPoint | undefined;
  /** Connects a provider of the thread. */
  readonly connect: (name: string) => Promise<unknown>;
  /** Called with a message if a provider can't be used. */
  readonly warn: (message: string) => void;
}

/** The entity providers of a plugin in another thread. */
export class ThreadProviders implements Disposable {
  readonly #deps: ThreadProvidersDeps;
  readonly #added = new DisposableStore();
  readonly #connections = new Map<string, EntityProviderConnection>();

  constructor(deps: ThreadProvidersDeps) {
    this.#deps = deps;
  }

  /** Adds the providers to the catalog. Resolves when the catalog has their first entities. */
  async add(names: readonly string[]): Promise<void> {
    const { catalog } = this.#deps;
    if (!catalog) return;
    await Promise.all(names.map(name => this.#add(name, catalog)));
  }

  /**
   * Applies a mutation, as the thread sent it.
   *
   * @throws TypeError if it isn't one; Error if its provider isn't connected, or of the catalog
   */
  async mutate(params: unknown): Promise<void> {
    const { provider, mutation } = isRecord(params) ? params : {};
    const connection = this.#connections.get(String(provider));
    if (!connection) throw new Error(`The entity provider "${String(provider)}" isn't connected`);
    assertIsMutation(mutation);
    await connection.applyMutation(mutation);
  }

  /** Removes the entities of all providers. */
  dispose(): void {
    this.#connections.clear();
    this.#added.dispose();
  }

  #add(name: string, catalog: EntityProvidersExtensionPoint): Promise<void> {
    return new Promise(resolve => {
      const connect = async (connection: EntityProviderConnection): Promise<void> => {
        this.#connections.set(name, connection);
        try {
          await this.#deps.connect(name);
        } catch (error) {
          this.#deps.warn(`Entity provider "${name}" failed: ${errorMessage(error)}`);
        } finally {
          resolve();
        }
      };
      try {
        this.#added.add(catalog.addEntityProvider({ getProviderName: () => name, connect }));
      } catch (error) {
        this.#deps.warn(errorMessage(error));
        resolve();
      }
    });
  }
}

/** @throws TypeError */
function assertIsMutation(value: unknown): asserts value is EntityProviderMutation {
  const { type, entities, added, removed } = isRecord(value) ? value : {};
  const lists = type === 'full' ? [entities] : type === 'delta' ? [added, removed] : [undefined];
  const isValid = lists.every(list => Array.isArray(list) && list.every(isRecord));
  if (!isValid) {
    throw new TypeError(
      'A mutation must be {type: "full", entities} or {type: "delta", added, removed}',
    );
  }
}
