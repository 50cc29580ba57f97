import type { EntitySource, FailedEntity } from '../../../../api';
import { getOrInsert } from '../../../../base';
import { stringifyEntityRef } from '../../../../model';
import type { FileRecord } from '../records';
import { compareFiles, type IndexedFile } from '../workspace/files/indexedFile';

/** Where the descriptors stand that failed, by the refs that they would have. */
export class FailedDescriptors {
  /** By ref, then by the URI of the file: the last one in it. */
  #places = new Map<string, Map<string, EntitySource>>();

  /** Puts what a file says now in the place of what it said before. */
  update(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    for (const [ref] of refsOf(before)) {
      const places = this.#places.get(ref);
      if (places?.delete(uri) && !places.size) this.#places.delete(ref);
    }
    for (const [ref, source] of refsOf(after)) {
      getOrInsert(this.#places, ref, () => new Map()).set(uri, source);
    }
  }

  /** Of several the last in the order of conflicts. */
  find(
    ref: string,
    files: { get(uri: string): IndexedFile | undefined },
  ): EntitySource | undefined {
    const places = this.#places.get(ref);
    const found = [...(places?.keys() ?? [])].flatMap(uri => files.get(uri) ?? []);
    const last = found.sort(compareFiles).at(-1);
    return last && places?.get(last.uri);
  }
}

/** The refs that the failed descriptors of a file would have. */
export function failedRefs(record: FileRecord | undefined): readonly string[] {
  return refsOf(record).map(([ref]) => ref);
}

function refsOf(record: FileRecord | undefined): readonly (readonly [string, EntitySource])[] {
  return (record?.failed ?? NONE).flatMap(({ kind, namespace, name, source }) =>
    kind && name ? [[stringifyEntityRef({ kind, namespace, name }), source] as const] : [],
  );
}

const NONE: readonly FailedEntity[] = [];
