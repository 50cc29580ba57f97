import { parseLocationRef } from '../../../../model';
import type { Slices } from '../../../../platform/core';
import { isKindAllowed, type KindRule } from '../../../appConfig/core';
import type { Bringer, EntityRecord } from '../records';
import type { JudgedEntity } from './judgedFile';
import type { LocationReader } from './locations/locationReader';
import {
  type DeferredEntity,
  type LocationOutcome,
  processLocation,
  urlTargets,
} from './locations/processLocation';
import { type ServerError, serverError } from './serverError';
import type { UrlFiles } from './urls/urlFiles';

/** What was last processed of an entity without an error. */
export interface ProcessedEntity {
  readonly document: JudgedEntity;
  readonly location: string;
  readonly origin: string;
}

/** Whether an entity is there for whoever asks. */
export function isServed({ document }: ProcessedEntity): boolean {
  return document.record !== undefined && document.isServable;
}

/** An entity that is not served, and why. */
export interface UnprocessedEntity {
  readonly ref: string;
  readonly errors: readonly ServerError[];
}

/** An entity that the server knows of, served or not. */
export interface RefreshStateRow {
  readonly ref: string;
  /** What is to be processed. */
  document: JudgedEntity;
  location: string;
  origin: string;
  readonly locationKey: string;
  /** Undefined where it never was without an error. */
  processed: ProcessedEntity | undefined;
  errors: readonly ServerError[];
  /** Of a Location: what came of its targets the last time. */
  outcome: LocationOutcome | undefined;
  /** Of a Location: the entity that none of the rules allows. */
  refused: DeferredEntity | undefined;
  /** What the last processing came to; as long as it is the same, nothing is written. */
  result: string;
  /** Whether nothing led to it when it was put together for being served the last time. */
  wasOrphan: boolean;
  /** Refs of the entities that brought it, or the provider. */
  readonly parents: Set<string>;
  readonly children: Set<string>;
}

/** Stands for the provider of configured locations among the parents of an entity. */
const PROVIDER = '';

/**
 * How often everything is processed again until nothing changes any more. Two Locations that take
 * each other's entities away can go on for ever.
 */
const MAX_ROUNDS = 12;

export interface RefreshStateDeps {
  /** Undefined where nothing is read from this machine. */
  readonly reader: LocationReader | undefined;
  /** Undefined where nothing is read from other machines. */
  readonly urlFiles?: UrlFiles | undefined;
  readonly rules: readonly KindRule[];
  readonly orphanStrategy: 'keep' | 'delete';
  readonly isReadable: (url: string) => boolean;
}

/**
 * The server's table of entities, and its processing: what a server comes to that processes entities
 * one after the other, those found first first, until nothing changes any more.
 *
 * A new state is that of a server that starts with an empty database. One that goes on keeps what it
 * has: the old version of what fails now, and, depending on the strategy, what nothing leads to.
 *
 * Source: DefaultProcessingDatabase, DefaultCatalogProcessingEngine, `deleteOrphanedEntities` of
 * `plugins/catalog-backend`.
 */
export class RefreshState {
  #deps: RefreshStateDeps;
  #rows = new Map<string, RefreshStateRow>();
  #pending = new Set<string>();
  /** Refs of the entities that still changed in the last round. */
  #unsettled: ReadonlySet<string> = new Set();
  /** Of entities that changed hands in this round: their parents before it. */
  #formerParents = new Map<string, readonly string[]>();

  constructor(deps: RefreshStateDeps) {
    this.#deps = deps;
  }

  /** In the order in which they were found. */
  rows(): Iterable<RefreshStateRow> {
    return this.#rows.values();
  }

  row(ref: string): RefreshStateRow | undefined {
    return this.#rows.get(ref);
  }

  /** The entities that the server knows of and does not serve. */
  unprocessed(): readonly UnprocessedEntity[] {
    return [...this.#rows.values()].flatMap(({ ref, processed, errors }) =>
      processed && isServed(processed) ? [] : [{ ref, errors }],
    );
  }

  /** What is processed and cannot be served all the same has its relations. */
  unservableChildren({ children }: RefreshStateRow): readonly EntityRecord[] {
    return [...children].flatMap(ref => {
      const document = this.#rows.get(ref)?.processed?.document;
      return document?.record && !document.isServable ? [document.record] : [];
    });
  }

  /**
   * Whether it is served as an orphan. What fails all the time in the same way is not put together
   * anew, whoever leads to it. Source: `performStitching`.
   */
  isOrphan(row: RefreshStateRow): boolean {
    return row.errors.length ? row.wasOrphan : row.parents.size === 0;
  }

  bringerOf({ parents }: RefreshStateRow): Bringer {
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

  /** Refs of entities that would change for ever, where processing was given up. */
  get unsettled(): ReadonlySet<string> {
    return this.#unsettled;
  }

  /** Processes until nothing changes any more. */
  async settle(slices: Slices, signal?: AbortSignal): Promise<void> {
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
      this.#unsettled = changed;
      if (!changed.size) return;
    }
  }

  /** @returns whether it came to something else than the last time */
  async #process(
    row: RefreshStateRow,
    slices: Slices,
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
    slices: Slices,
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
    slices: Slices,
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

  /** Before the round, since the server processes many entities at the same time. */
  #parentsBefore(ref: string): string[] {
    const parents = this.#formerParents.get(ref) ?? this.#rows.get(ref)?.parents ?? [];
    return [...parents].filter(parent => parent !== PROVIDER);
  }

  async #addDeferred(
    row: RefreshStateRow,
    deferred: readonly DeferredEntity[],
    slices: Slices,
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

  /** What a Location leads to is read while others are processed. */
  #prepare({ document, location }: DeferredEntity): void {
    const { urlFiles, isReadable } = this.#deps;
    const { urls } = urlFiles ?? {};
    if (!urls?.prepare || document.kind !== 'Location' || !document.record) return;
    const targets = urlTargets({ entity: document.record.entity, location }, urls.integrations);
    urls.prepare(targets.filter(isReadable));
  }

  /** @returns false where the ref belongs to another location */
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

  /** An entity has one parent: the one that brought it last. */
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

  /** Documents that say the same may stand somewhere else now. */
  #replacePlaces({ document, locationKey }: DeferredEntity): void {
    const row = this.#rows.get(document.ref);
    if (!row || row.locationKey !== locationKey) return;
    if (row.document.identity === document.identity) row.document = document;
    if (row.processed?.document.identity === document.identity) {
      row.processed = { ...row.processed, document };
    }
  }

  /**
   * At once, since the server looks for orphans far more often than it processes an entity again: so
   * the next location can have what this one let go of.
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
