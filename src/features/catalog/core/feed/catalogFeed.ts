import type { CatalogChangeEvent, FailedEntity } from '../../../../api';
import { type Disposable, DisposableStore, isRecord } from '../../../../base';
import {
  type CatalogFileRow,
  type EntitySummary,
  type FailedDescriptor,
  getCompoundEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import type { CatalogEngine, EntityRecord } from '..';

/** Maximum length of descriptions, in characters; a hover shows no more. */
const LONGEST_DESCRIPTION = 500;
const LONGEST_ANNOTATION = 200;

/**
 * Summarizes an entity.
 *
 * @param isShadowed - whether another document with the same ref takes precedence
 */
function summaryOf(record: EntityRecord, isShadowed: boolean): EntitySummary {
  // Each access to a record's properties parses it, so this reads them once.
  const { ref, entity, source, references, emitted } = record;
  const { metadata, spec } = entity;
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const tags: unknown = metadata['tags'];
  const annotations = isRecord(metadata['annotations'])
    ? Object.entries(metadata['annotations']).filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' && entry[1].length <= LONGEST_ANNOTATION,
      )
    : [];
  return {
    ref,
    kind,
    namespace,
    name,
    ...text('title', metadata['title']),
    ...text('description', metadata['description']),
    ...text('type', spec?.['type']),
    ...text('lifecycle', spec?.['lifecycle']),
    ...(Array.isArray(tags) && { tags: tags.filter(tag => typeof tag === 'string') }),
    ...(annotations.length && { annotations: Object.fromEntries(annotations) }),
    ...(source && {
      place: { document: source.document, range: source.range, nameRange: source.nameRange },
    }),
    references,
    ...(emitted.length && { emitted }),
    ...(isShadowed && { isShadowed }),
  };
}

function failedOf({ kind, namespace, name, source }: FailedEntity): FailedDescriptor {
  const { document, range, nameRange } = source;
  return {
    ...(kind && name && { ref: stringifyEntityRef({ kind, namespace, name }) }),
    place: { document, range, nameRange },
  };
}

function text<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  if (typeof value !== 'string') return {};
  const short =
    value.length > LONGEST_DESCRIPTION ? `${value.slice(0, LONGEST_DESCRIPTION)}…` : value;
  return { [key]: short } as { readonly [P in K]?: string };
}

export interface CatalogFeedDeps {
  readonly engine: CatalogEngine;
  readonly clock: Clock;
  /** Sends changed files with their entities. The first call starts a new catalog. */
  readonly send: (rows: readonly CatalogFileRow[], state: { readonly isFirst: boolean }) => void;
  /** Called whenever the copy is complete. */
  readonly completed: (event: {
    readonly isReady: boolean;
    readonly files: ReadonlySet<string>;
  }) => void;
}

/** Maximum number of entities per message, to keep both threads responsive. */
const CHUNK = 500;

/** Sends the catalog's content to a copy, then its changes. The copy is complete whenever `completed` is called. */
export class CatalogFeed implements Disposable {
  #deps: CatalogFeedDeps;
  #store = new DisposableStore();
  /** URIs of nonempty rows in the copy. */
  #sent = new Set<string>();
  #pendingFiles = new Set<string>();
  #pendingRefs = new Set<string>();
  #running = false;
  #isFirst = true;

  constructor(deps: CatalogFeedDeps) {
    this.#deps = deps;
    const { engine } = deps;
    this.#store.add(engine.onDidChange(event => this.#changed(event)));
    this.#store.add(engine.onDidChangeStatus(() => this.#run()));
    this.restart();
  }

  /** Sends everything again, for a new copy. */
  restart(): void {
    this.#isFirst = true;
    this.#sent.clear();
    for (const { uri } of this.#deps.engine.getFiles()) this.#pendingFiles.add(uri);
    for (const ref of this.#deps.engine.getEntityRefs()) this.#pendingRefs.add(ref);
    this.#run();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #changed({ entityRefs, files }: CatalogChangeEvent): void {
    for (const file of files) this.#pendingFiles.add(file);
    for (const ref of entityRefs) this.#pendingRefs.add(ref);
    this.#run();
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#sendPending().finally(() => (this.#running = false));
  }

  async #sendPending(): Promise<void> {
    const { engine, clock, send, completed } = this.#deps;
    const slices = new TimeSlicer(clock);
    const changed = new Set<string>();
    let rows: CatalogFileRow[] = [];
    let size = 0;
    const flush = (): void => {
      if (!rows.length && !this.#isFirst) return;
      send(rows, { isFirst: this.#isFirst });
      this.#isFirst = false;
      rows = [];
      size = 0;
    };
    do {
      const files = this.#pendingFiles;
      const refs = this.#pendingRefs;
      this.#pendingFiles = new Set();
      this.#pendingRefs = new Set();
      for (const uri of files) changed.add(uri);
      for (const row of this.#changedRows(files, refs)) {
        if (this.#store.isDisposed) return;
        rows.push(row);
        size += row.entities.length + (row.failed?.length ?? 0) + 1;
        if (size >= CHUNK) flush();
        if (slices.isOver) await slices.pause();
      }
      flush();
    } while (this.#pendingFiles.size || this.#pendingRefs.size);
    if (!this.#store.isDisposed) completed({ isReady: engine.status === 'ready', files: changed });
  }

  *#changedRows(files: ReadonlySet<string>, refs: ReadonlySet<string>): Generator<CatalogFileRow> {
    const { engine } = this.#deps;
    for (const uri of files) {
      const failed = engine.getFailedInFile(uri);
      const row = {
        uri,
        entities: engine
          .getRecordsInFile(uri)
          .map(record => summaryOf(record, engine.getRecord(record.ref) !== record)),
        ...(failed.length && { failed: failed.map(failedOf) }),
      };
      if (this.#isNews(row)) yield row;
    }
    for (const ref of refs) {
      const record = engine.getRecord(ref);
      const isProvided = record !== undefined && !record.source;
      const row = {
        uri: `provider:${ref}`,
        entities: isProvided ? [summaryOf(record, false)] : [],
      };
      if (this.#isNews(row)) yield row;
    }
  }

  /** Whether the row has content, or the copy's row does. */
  #isNews({ uri, entities, failed }: CatalogFileRow): boolean {
    if (!entities.length && !failed?.length) return this.#sent.delete(uri);
    this.#sent.add(uri);
    return true;
  }
}
