import type { EntitySource, FailedEntity } from '../../../../api';
import { getOrInsert } from '../../../../base';
import { stringifyEntityRef } from '../../../../model';
import type { FileRecord } from '../records';
import { compareFiles, type IndexedFile } from '../workspace/files/indexedFile';

/** Places of failed descriptors, by the refs they would have. */
export class FailedDescriptors {
  /** Last place in a file, by ref and file URI. */
  #places = new Map<string, Map<string, EntitySource>>();

  /** Replaces the failed descriptors of a file. */
  update(uri: string, before: FileRecord | undefined, after: FileRecord | undefined): void {
    for (const [ref] of refsOf(before)) {
      const places = this.#places.get(ref);
      if (places?.delete(uri) && !places.size) this.#places.delete(ref);
    }
    for (const [ref, source] of refsOf(after)) {
      getOrInsert(this.#places, ref, () => new Map()).set(uri, source);
    }
  }

  /** Finds the last failed descriptor of a ref in conflict order. */
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

/** Returns the refs that the failed descriptors of a file would have. */
export function failedRefs(record: FileRecord | undefined): readonly string[] {
  return refsOf(record).map(([ref]) => ref);
}

function refsOf(record: FileRecord | undefined): readonly (readonly [string, EntitySource])[] {
  return (record?.failed ?? NONE).flatMap(({ kind, namespace, name, source }) =>
    kind && name ? [[stringifyEntityRef({ kind, namespace, name }), source] as const] : [],
  );
}

const NONE: readonly FailedEntity[] = [];
