import { parseLocationRef } from '../../../../model';
import type { TimeSlicer } from '../../../../platform/core';
import { isKindAllowed, type KindRule } from '../../../appConfig/core';
import type { EntityParent, EntityRecord } from '../records';
import type { ParsedEntity } from './parsedFile';
import type { LocationReader } from './locations/locationReader';
import {
  type DeferredEntity,
  type LocationOutcome,
  processLocation,
  urlTargets,
} from './locations/processLocation';
import { type ServerError, serverError } from './serverError';
import type { UrlFiles } from './urls/urlFiles';

/** Last version of an entity that was processed without errors. */
export interface ProcessedEntity {
  readonly document: ParsedEntity;
  readonly location: string;
  readonly origin: string;
}

/** Whether an entity is served to clients. */
export function isServed({ document }: ProcessedEntity): boolean {
  return document.record !== undefined && document.isServable;
}

/** An entity that is not served, with the errors. */
export interface UnprocessedEntity {
  readonly ref: string;
  readonly errors: readonly ServerError[];
}

/** An entity that the server knows, served or not. */
export interface RefreshStateRow {
  readonly ref: string;
  /** Document to process. */
  document: ParsedEntity;
  location: string;
  origin: string;
  readonly locationKey: string;
  /** Undefined if it was never processed without errors. */
  processed: ProcessedEntity | undefined;
  errors: readonly ServerError[];
  /** Result of reading a Location's targets. */
  outcome: LocationOutcome | undefined;
  /** First entity of a Location that the rules don't allow. */
  refused: DeferredEntity | undefined;
  /** Hash input of the last processing result; nothing is written while it is the same. */
  result: string;
  /** Whether it was an orphan when it was last stitched. */
  wasOrphan: boolean;
  /** Refs of parent entities, or {@link PROVIDER}. */
  readonly parents: Set<string>;
  readonly children: Set<string>;
}

/** Stands for the provider of configured locations among an entity's parents. */
const PROVIDER = '';

/**
 * Maximum number of rounds until the state is stable. Two Locations with the same entities can
 * overwrite each other forever.
 */
const MAX_ROUNDS = 12;

export interface RefreshStateDeps {
  /** Undefined if local files aren't read. */
  readonly reader: LocationReader | undefined;
  /** Undefined if remote files aren't read. */
  readonly urlFiles?: UrlFiles | undefined;
  readonly rules: readonly KindRule[];
  readonly orphanStrategy: 'keep' | 'delete';
  readonly isReadable: (url: string) => boolean;
}

/**
 * The server's table of entities and its processing: processes entities one at a time, in the order
 * of discovery, until nothing changes.
 *
 * A new state equals a server with an empty database. An existing one keeps previous versions of
 * failing entities and, depending on the strategy, orphans.
 *
 * Source: DefaultProcessingDatabase, DefaultCatalogProcessingEngine, `deleteOrphanedEntities` of
 * `plugins/catalog-backend`.
 */
export class RefreshState {
  #deps: RefreshStateDeps;
  #rows = new Map<string, RefreshStateRow>();
  #pending = new Set<string>();
  /** Refs of entities that still changed in the last round. */
  #unstable: ReadonlySet<string> = new Set();
  /** Previous parents of entities whose parents changed in this round. */
  #formerParents = new Map<string, readonly string[]>();

  constructor(deps: RefreshStateDeps) {
    this.#deps = deps;
  }

  /** Returns all rows, in the order of discovery. */
  rows(): Iterable<RefreshStateRow> {
    return this.#rows.values();
  }

  row(ref: string): RefreshStateRow | undefined {
    return this.#rows.get(ref);
  }

  /** Returns the entities that the server knows but doesn't serve. */
  unprocessed(): readonly UnprocessedEntity[] {
    return [...this.#rows.values()].flatMap(({ ref, processed, errors }) =>
      processed && isServed(processed) ? [] : [{ ref, errors }],
    );
  }

  /** Returns children that are processed but can't be served; their relations are served nonetheless. */
  unservableChildren({ children }: RefreshStateRow): readonly EntityRecord[] {
    return [...children].flatMap(ref => {
      const document = this.#rows.get(ref)?.processed?.document;
      return document?.record && !document.isServable ? [document.record] : [];
    });
  }

  /**
   * Whether an entity is served as an orphan. An entity that keeps failing isn't stitched again,
   * even if its parents change. Source: `performStitching`.
   */
  isOrphan(row: RefreshStateRow): boolean {
    return row.errors.length ? row.wasOrphan : row.parents.size === 0;
  }

  parentOf({ parents }: RefreshStateRow): EntityParent {
    const [parent] = parents;
    if (parent === undefined) return { type: 'nothing' };
    return parent === PROVIDER ? { type: 'configuration' } : { type: 'location', ref: parent };
  }

  /** Adds configured locations. */
  add(locations: readonly DeferredEntity[]): void {
    for (const location of locations) {
      if (!this.#upsert(location)) continue;
      this.#setParent(location.document.ref, PROVIDER);
      this.#prepare(location);
    }
  }

  /** Refs of entities that keep changing, whose processing was stopped. */
  get unstable(): ReadonlySet<string> {
    return this.#unstable;
  }

  /** Processes entities until nothing changes. */
  async processAll(slices: TimeSlicer, signal?: AbortSignal): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const changed = new Set<string>();
      this.#formerParents.clear();
      for (const row of this.#rows.values()) {
        if (row.document.kind === 'Location') this.#pending.add(row.ref);
      }
      for (const ref of this.#pending) {
        signal?.throwIfAborted();
        this.#pending.delete(ref);
        const row = this.#rows.get(ref);
        if (row && (await this.#process(row, slices, signal))) changed.add(ref);
        await slices.pause();
      }
      this.#unstable = changed;
      if (!changed.size) return;
    }
  }

  /**
   * Processes an entity.
   *
   * @returns whether the result changed
   */
  async #process(
    row: RefreshStateRow,
    slices: TimeSlicer,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { document } = row;
    const isLocation = document.kind === 'Location' && document.record !== undefined;
    row.refused = undefined;
    row.outcome = isLocation ? await this.#readLocation(row, slices, signal) : undefined;
    const errors =
      document.record || !document.error ? this.#locationErrors(row) : [document.error];
    const isOk = errors.length === 0;
    const deferred = isOk ? (row.outcome?.deferred ?? []) : [];
    const result = await this.#resultOf(row, { errors, deferred, isOk }, slices);
    row.errors = errors;
    if (isOk) row.processed = { document, location: row.location, origin: row.origin };
    if (result === row.result) {
      for (const entity of deferred) this.#replacePlaces(entity);
      return false;
    }
    row.result = result;
    row.wasOrphan = row.parents.size === 0;
    if (isOk) await this.#addDeferred(row, deferred, slices);
    return true;
  }

  async #readLocation(
    row: RefreshStateRow,
    slices: TimeSlicer,
    signal: AbortSignal | undefined,
  ): Promise<LocationOutcome | undefined> {
    const { document, ref, location, origin } = row;
    if (!document.record) return undefined;
    const { reader, urlFiles, isReadable } = this.#deps;
    const { entity } = document.record;
    const pause = (): Promise<void> => slices.pause();
    return processLocation(
      { ref, entity, location, origin },
      { reader, urlFiles, isReadable, pause, signal },
    );
  }

  #locationErrors(row: RefreshStateRow): readonly ServerError[] {
    const { outcome } = row;
    if (!outcome) return [];
    const errors = outcome.issues.flatMap(({ kind, error }) => (kind === 'remote' ? [] : [error]));
    const origin = parseLocationRef(row.origin);
    const refused = outcome.deferred.find(
      ({ document }) => !isKindAllowed(this.#deps.rules, document, origin),
    );
    row.refused = refused;
    if (!refused) return errors;
    const message = `Entity ${refused.document.ref} at ${row.location}, originated at ${row.origin}, is not of an allowed kind for that location`;
    return [...errors, serverError('NotAllowedError', message)];
  }

  async #resultOf(
    row: RefreshStateRow,
    {
      errors,
      deferred,
      isOk,
    }: {
      errors: readonly ServerError[];
      deferred: readonly DeferredEntity[];
      isOk: boolean;
    },
    slices: TimeSlicer,
  ): Promise<string> {
    const messages = errors.map(({ name, message }) => `${name}: ${message}`);
    if (!isOk) return JSON.stringify(messages);
    const parents = this.#parentsBefore(row.ref);
    const entities: string[] = [];
    for (const { document, location, origin } of deferred) {
      parents.push(...this.#parentsBefore(document.ref));
      entities.push(`${document.ref} ${document.identity} ${location} ${origin}`);
      if (slices.isOver) await slices.pause();
    }
    const own = [row.document.identity, row.location, row.origin];
    entities.sort();
    await slices.pause();
    parents.sort();
    return [...own, ...entities, '', ...parents].join('\n');
  }

  /** Returns the parents before this round, because the server processes many entities concurrently. */
  #parentsBefore(ref: string): string[] {
    const parents = this.#formerParents.get(ref) ?? this.#rows.get(ref)?.parents ?? [];
    return [...parents].filter(parent => parent !== PROVIDER);
  }

  async #addDeferred(
    row: RefreshStateRow,
    deferred: readonly DeferredEntity[],
    slices: TimeSlicer,
  ): Promise<void> {
    const taken = new Set<string>();
    for (const entity of deferred) {
      if (this.#upsert(entity)) {
        taken.add(entity.document.ref);
        this.#prepare(entity);
      }
      if (slices.isOver) await slices.pause();
    }
    const former = [...row.children];
    for (const ref of former) {
      this.#rememberParents(ref);
      this.#rows.get(ref)?.parents.delete(row.ref);
    }
    row.children.clear();
    for (const ref of taken) {
      this.#setParent(ref, row.ref);
      if (slices.isOver) await slices.pause();
    }
    if (this.#deps.orphanStrategy === 'delete') this.#deleteOrphans(former);
  }

  /** Starts reading a Location's URLs while other entities are processed. */
  #prepare({ document, location }: DeferredEntity): void {
    const { urlFiles, isReadable } = this.#deps;
    const { urls } = urlFiles ?? {};
    if (!urls?.prepare || document.kind !== 'Location' || !document.record) return;
    const targets = urlTargets({ entity: document.record.entity, location }, urls.integrations);
    urls.prepare(targets.filter(isReadable));
  }

  /**
   * Adds or replaces an entity.
   *
   * @returns false if the ref belongs to another location
   */
  #upsert({ document, location, origin, locationKey }: DeferredEntity): boolean {
    const { ref } = document;
    const row = this.#rows.get(ref);
    if (row && row.locationKey !== locationKey) return false;
    this.#pending.add(ref);
    if (row) Object.assign(row, { document, location, origin });
    else {
      this.#rows.set(ref, {
        ref,
        document,
        location,
        origin,
        locationKey,
        processed: undefined,
        errors: [],
        outcome: undefined,
        refused: undefined,
        result: '',
        wasOrphan: false,
        parents: new Set(),
        children: new Set(),
      });
    }
    return true;
  }

  /** Replaces an entity's parents with the one that emitted it last. */
  #setParent(ref: string, parent: string): void {
    const row = this.#rows.get(ref);
    if (!row) return;
    this.#rememberParents(ref);
    for (const other of row.parents) this.#rows.get(other)?.children.delete(ref);
    row.parents.clear();
    row.parents.add(parent);
    this.#rows.get(parent)?.children.add(ref);
  }

  #rememberParents(ref: string): void {
    if (this.#formerParents.has(ref)) return;
    this.#formerParents.set(ref, [...(this.#rows.get(ref)?.parents ?? [])]);
  }

  /** Updates the places of documents with the same content. */
  #replacePlaces({ document, locationKey }: DeferredEntity): void {
    const row = this.#rows.get(document.ref);
    if (!row || row.locationKey !== locationKey) return;
    if (row.document.identity === document.identity) row.document = document;
    if (row.processed?.document.identity === document.identity) {
      row.processed = { ...row.processed, document };
    }
  }

  /**
   * Deletes orphans immediately, because the server checks for orphans far more often than it
   * processes an entity again. The next location can then take over the refs.
   */
  #deleteOrphans(candidates: readonly string[]): void {
    const pending = [...candidates];
    for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
      const row = this.#rows.get(ref);
      if (!row || row.parents.size) continue;
      for (const child of row.children) {
        this.#rows.get(child)?.parents.delete(ref);
        pending.push(child);
      }
      this.#rows.delete(ref);
      this.#pending.delete(ref);
    }
  }
}
