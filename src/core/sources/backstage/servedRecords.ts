import { EMPTY_RANGE } from '../../../base';
import type { EntityRelation, ReferenceSite } from '../../../model';
import type { KindRegistry } from '../../../model/validation';
import {
  collectReferences,
  compactRecord,
  emptyFileRecord,
  formatPath,
  type IndexedFile,
  isEntity,
  ServedEntity,
  type Slices,
} from '../../catalog';
import { type CopiedEntity, parseEntity, relationsOf } from './copiedEntity';
import { type EntityLayout, NAME, rangeOf, unpackLayout, writeEntity } from './entityText';
import { pathKey } from './placedYaml';
import { keyOf } from './servedAnswers';
import { entityUri } from './servedFiles';

export interface ServedRecordsDeps {
  readonly key: string;
  /** Its name, for people. */
  readonly server: string;
  readonly group: number;
  readonly kinds: KindRegistry;
  readonly entities: ReadonlyMap<string, CopiedEntity>;
}

/** A ref in a field of an entity that gives exactly the relations which the server has. */
type ConfirmedSite = Omit<ReferenceSite, 'range'> & { readonly path: string };

/**
 * Makes of the entities of a server what the catalog holds of files: with the relations that the server has, and no
 * others. A field that gives such a pair of relations is a reference, as it is in files of the workspace: so an entity
 * that stands in the place of one of the server takes its relations with it. All else that the server relates is
 * taken as it comes.
 */
export class ServedRecords {
  readonly #deps: ServedRecordsDeps;
  /** By ref, what an entity relates to. */
  readonly #related = new Map<string, ReadonlySet<string>>();
  /** By ref, its references, and what they relate back. */
  readonly #confirmed = new Map<string, Confirmed>();

  constructor(deps: ServedRecordsDeps) {
    this.#deps = deps;
  }

  /** The files of these entities, of which there are records. */
  async filesOf(
    refs: Iterable<string>,
    slices: Slices,
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
    const { key, server, group } = this.#deps;
    const { ref } = copied;
    const entity = parseEntity(copied.content);
    if (!isEntity(entity)) return undefined;
    const uri = entityUri(key, ref);
    const { sites } = this.#confirmedOf(copied);
    const layout = this.#layoutOf(copied, new Set([NAME, ...sites.map(({ path }) => path)]));
    const nameRange = rangeAt(layout, NAME) ?? EMPTY_RANGE;
    const end = { line: layout.lines, character: 0 };
    const record = ServedEntity.of(
      {
        ref,
        entity,
        source: { file: uri, document: 0, range: { start: FIRST, end }, nameRange },
        references: sites.map(({ path, ...site }) => ({
          ...site,
          range: rangeAt(layout, path) ?? nameRange,
        })),
        emitted: this.#restOf(copied, sites).map(relation => ({ sourceRef: ref, ...relation })),
      },
      copied,
      server,
    );
    if (!record) return undefined;
    return {
      uri,
      order: { group, path: ref },
      repository: undefined,
      isMeant: true,
      record: compactRecord({
        ...emptyFileRecord(uri),
        passedOver: false,
        documents: 1,
        entities: [record],
      }),
    };
  }

  /** Relations of the server that no reference gives. */
  #restOf(
    { ref, ...copied }: CopiedEntity,
    sites: readonly ConfirmedSite[],
  ): readonly EntityRelation[] {
    const own = new Set(sites.map(keyOf));
    return relationsOf({ ref, ...copied }).filter(({ type, targetRef }) => {
      if (own.has(keyOf({ type, targetRef }))) return false;
      const target = this.#deps.entities.get(targetRef);
      return !target || !this.#confirmedOf(target).back.has(keyOf({ type, targetRef: ref }));
    });
  }

  #confirmedOf(copied: CopiedEntity): Confirmed {
    const { ref } = copied;
    const known = this.#confirmed.get(ref);
    if (known) return known;
    const entity = parseEntity(copied.content);
    const related = this.#relatedOf(copied);
    const { references } = isEntity(entity)
      ? collectReferences(entity, this.#deps.kinds)
      : { references: [] };
    const sites = references.flatMap(({ path, written, targetRef, rule }): ConfirmedSite[] => {
      const { type, inverse, defaultKind } = rule;
      if (!related.has(keyOf({ type, targetRef }))) return [];
      const target = this.#deps.entities.get(targetRef);
      const isMutual =
        !target || this.#relatedOf(target).has(keyOf({ type: inverse, targetRef: ref }));
      if (!isMutual) return [];
      const field = formatPath(path);
      return [{ field, written, targetRef, type, inverse, defaultKind, path: pathKey(path) }];
    });
    const back = new Set(
      sites.map(({ inverse, targetRef }) => keyOf({ type: inverse, targetRef })),
    );
    const confirmed = { sites, back };
    this.#confirmed.set(ref, confirmed);
    return confirmed;
  }

  #relatedOf(copied: CopiedEntity): ReadonlySet<string> {
    const known = this.#related.get(copied.ref);
    if (known) return known;
    const related = new Set(relationsOf(copied).map(keyOf));
    this.#related.set(copied.ref, related);
    return related;
  }

  #layoutOf({ ref, content, layout }: CopiedEntity, wanted: ReadonlySet<string>): EntityLayout {
    const kept = layout === undefined ? undefined : unpackLayout(layout);
    const { server } = this.#deps;
    return kept ?? writeEntity(parseEntity(content), { ref, server }, key => wanted.has(key));
  }
}

interface Confirmed {
  readonly sites: readonly ConfirmedSite[];
  /** What its references give to their targets: by the type of it and the target. */
  readonly back: ReadonlySet<string>;
}

/** Behind the two lines that say what it is. */
const FIRST = { line: 2, character: 0 };

function rangeAt({ places }: EntityLayout, path: string): ReferenceSite['range'] | undefined {
  const place = places.get(path);
  return place && rangeOf(place);
}
