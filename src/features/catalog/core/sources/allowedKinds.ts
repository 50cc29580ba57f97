import type { Problem } from '../../../../model';
import { compoundRefOf } from '../packing/packedEntity';
import { atEntity, createProblem } from '../problems/problemSeverities';
import type { EntityRecord, FileRecord } from '../records';
import type { IndexedFile } from '../workspace/files/indexedFile';
import type { FileLookup } from '../workspace/files/orderedFiles';
import type { CatalogSource } from './catalogSource';
import { type KindRules, kindRules } from './kindRules';

/** Files of a source without entities of kinds that it may not provide, each of which is a problem. */
export class AllowedFiles {
  readonly #source: Pick<CatalogSource, 'allow' | 'name'>;
  readonly #rules: KindRules;
  /** Cached, because callers detect changes by identity. */
  readonly #allowed = new WeakMap<IndexedFile, IndexedFile>();

  constructor(source: Pick<CatalogSource, 'allow' | 'name'>) {
    this.#source = source;
    this.#rules = kindRules(source.allow);
  }

  of(files: FileLookup): FileLookup {
    if (this.#rules.isOpen) return files;
    const allow = (file: IndexedFile): IndexedFile => this.file(file);
    return {
      get size() {
        return files.size;
      },
      has: uri => files.has(uri),
      keys: () => files.keys(),
      get: uri => {
        const file = files.get(uri);
        return file && allow(file);
      },
      *values() {
        for (const file of files.values()) yield allow(file);
      },
    };
  }

  file(file: IndexedFile): IndexedFile {
    let allowed = this.#allowed.get(file);
    if (!allowed) {
      const refused = file.record.entities.filter(record => !this.#isAllowed(record));
      allowed = refused.length ? { ...file, record: this.#without(refused, file.record) } : file;
      this.#allowed.set(file, allowed);
    }
    return allowed;
  }

  #isAllowed(record: EntityRecord): boolean {
    return this.#rules.allows(compoundRefOf(record).kind);
  }

  #without(refused: readonly EntityRecord[], record: FileRecord): FileRecord {
    const gone = new Set(refused);
    const refs = new Set(refused.map(({ ref }) => ref));
    const isOfGone = ({ entityRef }: { readonly entityRef?: string | undefined }): boolean =>
      entityRef !== undefined && refs.has(entityRef);
    return {
      ...record,
      entities: record.entities.filter(entity => !gone.has(entity)),
      problems: [
        ...record.problems.filter(problem => !isOfGone(problem)),
        ...refused.map(entity => this.#refusal(record.uri, entity)),
      ],
      misplaced: record.misplaced.filter(reference => !isOfGone(reference)),
      annotationRefs: record.annotationRefs.filter(reference => !isOfGone(reference)),
    };
  }

  #refusal(file: string, record: EntityRecord): Problem {
    const { kind } = compoundRefOf(record);
    return createProblem(
      'kind-not-allowed',
      `Entity ${record.ref} is left out: the source ${this.#source.name} may not provide entities of kind ${kind}. To allow them, add the kind to its "allow" or to --source-allow`,
      { ...atEntity(record), file },
    );
  }
}
