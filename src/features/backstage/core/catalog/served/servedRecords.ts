import type { EntitySource } from '../../../../../api';
import { EMPTY_RANGE } from '../../../../../base';
import {
  type CompoundEntityRef,
  type EntityRelation,
  getCompoundEntityRef,
  type JsonObject,
  type ReferenceSite,
} from '../../../../../model';
import type { KindRegistry } from '../../../../../model/validation';
import type { TimeSlicer } from '../../../../../platform/core';
import { type EmittedRelation, type IndexedFile } from '../../../../catalog/core';
import {
  collectReferences,
  compactRecord,
  emptyFileRecord,
  formatPath,
  isEntity,
  packDetails,
  ServedEntity,
} from '../../../../catalog/core/reader';
import { type CopiedEntity, parseEntity } from '../backstageCopy';
import { type EntityLayout, NAME, rangeOf, unpackLayout, writeEntity } from '../entityText';
import { pathKey } from '../placedYaml';
import { relationKey } from './servedAnswers';
import { entityUri } from './servedFiles';

export interface ServedRecordsDeps {
  readonly key: string;
  /** Display name. */
  readonly server: string;
  readonly group: number;
  readonly kinds: KindRegistry;
  readonly entities: ReadonlyMap<string, CopiedEntity>;
}

/** A reference in a field, with the keys of the relations that it would create. */
interface Site extends ReferenceSite {
  readonly forth: string;
  readonly back: string;
}

/** Data of an entity that doesn't depend on others. */
interface Draft {
  readonly source: EntitySource;
  readonly spelled: CompoundEntityRef;
  readonly sites: readonly Site[];
}

/**
 * Creates catalog records from a server's entities, with the server's relations only. A field that creates a pair
 * of these relations becomes a reference, as in workspace files, so that an overriding workspace entity removes its
 * relations. Other relations of the server are added as they are.
 */
export class ServedRecords {
  readonly #deps: ServedRecordsDeps;
  /** Relations of the server, by ref and key. */
  readonly #related = new Map<string, ReadonlyMap<string, EntityRelation>>();
  readonly #drafts = new Map<string, Draft | undefined>();
  /**
   * References confirmed by the server's relations, by ref, and the relations that they create at their targets.
   */
  readonly #confirmed = new Map<string, Confirmed>();

  constructor(deps: ServedRecordsDeps) {
    this.#deps = deps;
  }

  /** Returns the files of entities that exist. */
  async filesOf(
    refs: Iterable<string>,
    slices: TimeSlicer,
    signal?: AbortSignal,
  ): Promise<readonly IndexedFile[]> {
    const files: IndexedFile[] = [];
    for (const ref of refs) {
      const copied = this.#deps.entities.get(ref);
      const file = copied && this.#fileOf(copied);
      if (file) files.push(file);
      if (slices.isOver) await slices.pause();
      signal?.throwIfAborted();
    }
    return files;
  }

  #fileOf(copied: CopiedEntity): IndexedFile | undefined {
    const { ref, content, isShortened } = copied;
    const draft = this.#draftOf(ref);
    if (!draft) return undefined;
    const { server, group } = this.#deps;
    const { source, spelled } = draft;
    const details = packDetails({
      ref,
      isShortened,
      source,
      spelled,
      references: this.#confirmedOf(ref).sites,
      emitted: this.#restOf(ref),
    });
    return fileOfRecord(new ServedEntity(source.file, { ref, content, details }, server), group);
  }

  /** Returns relations of the server that no reference creates. */
  #restOf(ref: string): readonly EmittedRelation[] {
    const own = new Set(this.#confirmedOf(ref).sites.map(({ forth }) => forth));
    const rest: EmittedRelation[] = [];
    for (const [key, { type, targetRef }] of this.#relatedTo(ref) ?? []) {
      if (own.has(key)) continue;
      const back = relationKey({ type, targetRef: ref });
      if (this.#confirmedOf(targetRef).back.has(back)) continue;
      rest.push({ sourceRef: ref, type, targetRef });
    }
    return rest;
  }

  /** Returns undefined if the entity is not in the copy. */
  #relatedTo(ref: string): ReadonlyMap<string, EntityRelation> | undefined {
    const known = this.#related.get(ref);
    if (known) return known;
    const relations = this.#deps.entities.get(ref)?.relations;
    if (!relations) return undefined;
    const related = new Map(relations.map(relation => [relationKey(relation), relation]));
    this.#related.set(ref, related);
    return related;
  }

  #confirmedOf(ref: string): Confirmed {
    const known = this.#confirmed.get(ref);
    if (known) return known;
    const related = this.#relatedTo(ref);
    const sites = (this.#draftOf(ref)?.sites ?? []).filter(({ forth, back, targetRef }) => {
      if (!related?.has(forth)) return false;
      const target = this.#relatedTo(targetRef);
      return !target || target.has(back);
    });
    const back = sites.map(({ inverse, targetRef }) => relationKey({ type: inverse, targetRef }));
    const confirmed = sites.length ? { sites, back: new Set(back) } : NOTHING;
    this.#confirmed.set(ref, confirmed);
    return confirmed;
  }

  #draftOf(ref: string): Draft | undefined {
    if (this.#drafts.has(ref)) return this.#drafts.get(ref);
    const copied = this.#deps.entities.get(ref);
    const draft = copied && this.#draft(copied);
    this.#drafts.set(ref, draft);
    return draft;
  }

  #draft(copied: CopiedEntity): Draft | undefined {
    const { key, kinds } = this.#deps;
    const { ref } = copied;
    const entity = parseEntity(copied.content);
    if (!isEntity(entity)) return undefined;
    const found = collectReferences(entity, kinds).references.map(reference => ({
      ...reference,
      place: pathKey(reference.path),
    }));
    const layout = this.#layoutOf(
      copied,
      entity,
      new Set([NAME, ...found.map(({ place }) => place)]),
    );
    const nameRange = rangeAt(layout, NAME) ?? EMPTY_RANGE;
    const sites = found.map(({ path, written, targetRef, rule, place }): Site => {
      const { type, inverse, defaultKind } = rule;
      return {
        field: formatPath(path),
        written,
        targetRef,
        type,
        inverse,
        defaultKind,
        range: rangeAt(layout, place) ?? nameRange,
        forth: relationKey({ type, targetRef }),
        back: relationKey({ type: inverse, targetRef: ref }),
      };
    });
    const range = { start: FIRST, end: { line: layout.lines, character: 0 } };
    return {
      source: { file: entityUri(key, ref), document: 0, range, nameRange },
      spelled: getCompoundEntityRef(entity),
      sites,
    };
  }

  #layoutOf(
    { ref, layout }: CopiedEntity,
    entity: JsonObject,
    wanted: ReadonlySet<string>,
  ): EntityLayout {
    const kept = layout === undefined ? undefined : unpackLayout(layout);
    return kept ?? writeEntity(entity, { ref, server: this.#deps.server }, key => wanted.has(key));
  }
}

export function fileOfRecord(record: ServedEntity, group: number): IndexedFile {
  const { file: uri, ref } = record;
  return {
    uri,
    order: { group, path: ref },
    repository: undefined,
    expectsDescriptors: true,
    record: compactRecord({
      ...emptyFileRecord(uri),
      hasSkippedDocuments: false,
      documents: 1,
      entities: [record],
    }),
  };
}

interface Confirmed {
  readonly sites: readonly Site[];
  /** Keys of the relations that the references create at their targets. */
  readonly back: ReadonlySet<string>;
}

const NOTHING: Confirmed = { sites: [], back: new Set() };

/** Position after the two comment lines. */
const FIRST = { line: 2, character: 0 };

function rangeAt({ places }: EntityLayout, path: string): ReferenceSite['range'] | undefined {
  const place = places.get(path);
  return place && rangeOf(place);
}
