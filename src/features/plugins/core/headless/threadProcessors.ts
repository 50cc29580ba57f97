import type {
  CatalogProcessor,
  CatalogProcessorEmit,
  CatalogProcessorsExtensionPoint,
} from '../../../../api';
import { type Disposable, DisposableStore } from '../../../../base';
import type { Entity } from '../../../../model';
import type { ProcessorAnswer, ProcessorMethod, ProcessorQuestion, ProcessorRow } from './protocol';

/** The catalog, which processes entities. */
export interface ProcessingCatalog extends CatalogProcessorsExtensionPoint {
  /** Resolves when all pending changes, such as those of processors, are applied. */
  applyChanges(changes: readonly []): Promise<void>;
}

/**
 * Asks a processor of the thread, and blocks.
 *
 * @returns undefined if the plugin was stopped
 */
export type AskProcessor = (question: ProcessorQuestion) => ProcessorAnswer | undefined;

/** The processors of a plugin in another thread. They do the same as in the editor, where the catalog calls them. */
export class ThreadProcessors implements Disposable {
  readonly #catalog: ProcessingCatalog;
  readonly #ask: AskProcessor;
  readonly #added = new DisposableStore();

  constructor(catalog: ProcessingCatalog, ask: AskProcessor) {
    this.#catalog = catalog;
    this.#ask = ask;
  }

  /** Adds the processors to the catalog. Resolves when all entities are processed. */
  async add(rows: readonly ProcessorRow[]): Promise<void> {
    if (!rows.length) return;
    for (const [index, row] of rows.entries()) {
      this.#added.add(this.#catalog.addProcessor(this.#create(row, index)));
    }
    await this.#catalog.applyChanges([]);
  }

  /** Removes the processors; their relations and changes disappear. */
  dispose(): void {
    this.#added.dispose();
  }

  #create({ name, methods }: ProcessorRow, processor: number): CatalogProcessor {
    const ask = (
      method: ProcessorMethod,
      entity: Entity,
      emit?: CatalogProcessorEmit,
    ): ProcessorAnswer | undefined => {
      const answer = this.#ask({ processor, method, entity });
      // The catalog checks the values.
      for (const { what, value } of answer?.emitted ?? []) emit?.[what](value as never);
      if (answer?.error !== undefined) throw new Error(answer.error);
      return answer;
    };
    const all: Required<Pick<CatalogProcessor, ProcessorMethod>> = {
      preProcessEntity(entity) {
        const answer = ask('preProcessEntity', entity);
        return answer ? (answer.value as Entity) : entity;
      },
      validateEntityKind: entity => Boolean(ask('validateEntityKind', entity)?.value),
      postProcessEntity: (entity, emit) => void ask('postProcessEntity', entity, emit),
    };
    const created: CatalogProcessor = { getProcessorName: () => name };
    for (const method of methods) Object.assign(created, { [method]: all[method] });
    return created;
  }
}
