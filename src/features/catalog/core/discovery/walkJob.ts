import { isRecord } from '../../../../base';
import type { WorkerJob } from '../../../../platform/core/ports';
import type { Selection } from './fileSelector';
import { openFileSelector } from './openFileSelector';

/** Folders to look into, and below. */
export interface WalkBatch extends Selection {
  readonly folders: readonly string[];
  /** As many are looked into, those below them included. */
  readonly limit: number;
}

/** All URIs. */
export interface WalkFindings {
  readonly files: readonly string[];
  /** Folders that hold a `.git`. */
  readonly repositories: readonly string[];
  /** `.gitignore` files that had a say. */
  readonly ignoreFiles: readonly string[];
  /** Folders that were found and not looked into. */
  readonly pending: readonly string[];
  /** Folders that cannot be read. */
  readonly unreadable: readonly string[];
  /** Patterns that were skipped, and the `.gitignore` files that have them. */
  readonly tooComplex: readonly SkippedPattern[];
}

export interface SkippedPattern {
  readonly pattern: string;
  readonly file: string | undefined;
}

/** Finds files below some folders, as a file selector does. */
export const walkJob: WorkerJob<WalkBatch, WalkFindings> = {
  name: 'catalog.walk',

  async run({ folders, limit, ...selection }, { fileSystem }) {
    const tooComplex: SkippedPattern[] = [];
    const selector = await openFileSelector({
      ...selection,
      fileSystem,
      onTooComplex: (pattern, file) => tooComplex.push({ pattern, file }),
    });
    const files: string[] = [];
    const repositories: string[] = [];
    const unreadable: string[] = [];
    let looked = 0;
    const pending = await selector.findFiles(folders, {
      clock: undefined,
      onFile: uri => files.push(uri),
      onRepository: folder => repositories.push(folder),
      onUnreadable: folder => unreadable.push(folder),
      isEnough: () => looked++ >= limit,
    });
    const { ignoreFiles } = selector;
    return { files, repositories, ignoreFiles, pending, unreadable, tooComplex };
  },

  readInput(value) {
    if (!isRecord(value)) throw new TypeError('Not a batch of folders');
    const { root, repository, options, folders, limit } = value;
    const isUsable =
      typeof root === 'string' &&
      (repository === undefined || typeof repository === 'string') &&
      isRecord(options) &&
      isTexts(folders) &&
      typeof limit === 'number';
    if (!isUsable) throw new TypeError('Not a batch of folders');
    const { include, exclude } = options;
    if (!isTexts(include) || !isTexts(exclude)) throw new TypeError('Not a selection of files');
    return { root, repository, options: { include, exclude }, folders, limit };
  },

  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not the findings of a walk');
    const { files, repositories, ignoreFiles, pending, unreadable = [], tooComplex = [] } = value;
    const isUsable = isTexts(files) && isTexts(repositories) && isTexts(ignoreFiles);
    if (!isUsable || !isTexts(pending) || !isTexts(unreadable) || !areSkipped(tooComplex)) {
      throw new TypeError('Not the findings of a walk');
    }
    return { files, repositories, ignoreFiles, pending, unreadable, tooComplex };
  },
};

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

function areSkipped(value: unknown): value is readonly SkippedPattern[] {
  return (
    Array.isArray(value) &&
    value.every(
      item =>
        isRecord(item) &&
        typeof item['pattern'] === 'string' &&
        (item['file'] === undefined || typeof item['file'] === 'string'),
    )
  );
}
