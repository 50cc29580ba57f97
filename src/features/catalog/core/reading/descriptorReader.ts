import type { CatalogProcessor, DeferredEntity } from '../../../../api';
import { EMPTY_RANGE, hashText } from '../../../../base';
import { type Problem } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
import {
  decodeText,
  fileReason,
  isDenied,
  isMissing,
  readStamped,
} from '../../../../platform/core/files';
import type { FileStat, FileSystem, StampedFile } from '../../../../platform/core/ports';
import { openKinds } from '../modelLayers/openKinds';
import type { ModelData } from '../modelLayers/modelData';
import { DescriptorClassifier } from '../ingest/classification';
import type { IngestContext } from '../ingest/ingestContext';
import { DocumentIngestion } from '../ingest/ingestDocument';
import { ingestFile } from '../ingest/ingestFile';
import type { YamlDocument } from '../ingest/yaml/yamlDocument';
import { CodeownersOwners } from '../processing/codeownersOwner';
import { TechdocsFolders } from '../processing/techdocsFolder';
import { createProblem } from '../problems/problemSeverities';
import { emptyFileRecord, type ProviderSource } from '../records';
import {
  type FileReading,
  type FileRequest,
  type FileStamp,
  type IngestOptions,
  readingLimit,
  unreadableFile,
} from '../workspace/files/fileReading';

export interface DescriptorReaderDeps {
  readonly fileSystem: FileSystem;
  readonly processors: readonly CatalogProcessor[];
  readonly model: ModelData;
  /** Whether the AI model's kinds and relations are known. */
  readonly aiModel?: boolean;
}

/**
 * Reads and processes descriptor files. In a separate bundle with the parser and the validators,
 * which is loaded with the first file.
 */
export class DescriptorReader {
  readonly context: IngestContext;

  private constructor(context: IngestContext) {
    this.context = context;
  }

  static async open(
    options: IngestOptions,
    { fileSystem, processors, model, aiModel = true }: DescriptorReaderDeps,
  ): Promise<DescriptorReader> {
    const { customKinds, maxFileSize, ownerFromCodeowners, codeownersOwners } = options;
    const kinds = await openKinds(model, { customKinds, aiModel });
    return new DescriptorReader({
      kinds,
      classifier: new DescriptorClassifier(kinds),
      codeowners: ownerFromCodeowners
        ? new CodeownersOwners({ fileSystem, mapping: codeownersOwners })
        : undefined,
      processors,
      fileSystem,
      techdocsFolders: new TechdocsFolders(fileSystem),
      maxFileSize,
      scaffolderActions: options.scaffolderActions,
      describedActions: model.actions,
      release: model.release,
    });
  }

  /**
   * Reads a file. Returns undefined if it doesn't exist or is irrelevant.
   *
   * @param now - milliseconds since the epoch
   * @param slices - shared by files that are read at the same time
   */
  async readFile(
    request: FileRequest,
    now: number,
    slices = new TimeSlicer(),
  ): Promise<FileReading | undefined> {
    const { uri, expectsDescriptors, boundary } = request;
    const { fileSystem, maxFileSize } = this.context;
    let file: StampedFile | undefined;
    try {
      file = await readStamped(fileSystem, uri, readingLimit(request, maxFileSize));
    } catch (error) {
      if (isMissing(error)) return undefined;
      // A file without permission is reported only if it should contain descriptors.
      if (!expectsDescriptors && isDenied(error)) return undefined;
      return unreadableFile(uri, fileReason(error));
    }
    if (file?.stat.type !== 'file') return undefined;
    await slices.pause();
    try {
      const text = this.#textOf(uri, file, expectsDescriptors);
      if (text === undefined) return undefined;
      const record =
        typeof text === 'string'
          ? await ingestFile({ uri, text, expectsDescriptors, boundary }, this.context, slices)
          : emptyFileRecord(uri, [text]);
      const hash = isYoung(file.stat, now) && typeof text === 'string' ? hashText(text) : undefined;
      return { stamp: stampOf(file.stat, hash), record };
    } catch (error) {
      // Reading never throws on bad input, so this is a bug.
      return unreadableFile(uri, fileReason(error));
    }
  }

  /** Processes entities of providers, which have no files. */
  async ingestDeferred(deferred: readonly DeferredEntity[]): Promise<ProviderSource> {
    const ingestion = new DocumentIngestion({
      uri: 'provider:///entity',
      boundary: 'provider:///',
      context: this.context,
      isWritten: false,
    });
    for (const [index, { entity }] of deferred.entries()) {
      await ingestion.ingest(documentOf(entity, index));
    }
    const { entities, problems } = ingestion.result();
    return {
      records: entities.map(record => ({ ...record, source: undefined })),
      problems: problems.map(problem => ({ ...problem, file: undefined, document: undefined })),
    };
  }

  /** Returns the text, or a problem if it is too large; undefined if the file is irrelevant. */
  #textOf(
    uri: string,
    { stat: { size }, content }: StampedFile,
    expectsDescriptors: boolean,
  ): string | Problem | undefined {
    const { classifier, maxFileSize } = this.context;
    const text = content && decodeText(content);
    if (size <= maxFileSize) return text;
    return expectsDescriptors || (text !== undefined && classifier.mayHoldDescriptors(text))
      ? createProblem('file-too-large', tooLargeMessage(size, maxFileSize), { file: uri })
      : undefined;
  }
}

/** Age in milliseconds below which `mtime` may not change with the content: FAT has a resolution of two seconds. */
const YOUNG = 2000;

/** Whether the content may change without a newer `mtime`; also if the time is unknown. */
function isYoung({ mtime, changed = mtime }: FileStat, now: number): boolean {
  return Math.max(mtime, changed) > now - YOUNG || mtime === 0;
}

function stampOf({ mtime, size, changed }: FileStat, hash?: string): FileStamp {
  const stamp = changed === undefined ? { mtime, size } : { mtime, size, changed };
  return hash === undefined ? stamp : { ...stamp, hash };
}

function tooLargeMessage(size: number, limit: number): string {
  return `The file has ${size} bytes, more than the ${limit} that are read; see callboard.catalog.maxFileSize`;
}

/** Wraps a value without a file as a document. */
function documentOf(value: unknown, index: number): YamlDocument {
  return {
    index,
    source: '',
    value,
    isEmpty: false,
    faults: [],
    range: EMPTY_RANGE,
    locate: () => EMPTY_RANGE,
    sourceOf: () => undefined,
  };
}
