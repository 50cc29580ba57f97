import type { CatalogProcessor, DeferredEntity } from '../../../../api';
import { EMPTY_RANGE, errorMessage, hashText } from '../../../../base';
import { type Problem } from '../../../../model';
import { KindRegistry } from '../../../../model/validation';
import { decodeText, isMissing, readStamped } from '../../../../platform/core/files';
import type { FileStat, FileSystem, StampedFile } from '../../../../platform/core/ports';
import type { KindSchemas } from '../customKinds/kindSchemas';
import { kindValidators } from '../customKinds/loadCustomKinds';
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
  readonly kindSchemas: KindSchemas;
  /** Whether the kinds and relations of AI models are known. */
  readonly aiModel?: boolean;
}

/**
 * Reads files and what their descriptors give. With it come the parser and the validators, so it is
 * a chunk of its own, which is loaded when the first file is to be read.
 */
export class DescriptorReader {
  readonly context: IngestContext;

  private constructor(context: IngestContext) {
    this.context = context;
  }

  static async open(
    options: IngestOptions,
    { fileSystem, processors, kindSchemas, aiModel = true }: DescriptorReaderDeps,
  ): Promise<DescriptorReader> {
    const { customKinds, maxFileSize, ownerFromCodeowners, codeownersOwners } = options;
    const validators = await kindValidators(kindSchemas);
    const kinds = KindRegistry.builtin({ aiModel }).withCustomKinds(customKinds, validators);
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
    });
  }

  /**
   * Undefined where the file is gone or none of our business.
   *
   * @param now - milliseconds since the epoch
   */
  async readFile(request: FileRequest, now: number): Promise<FileReading | undefined> {
    const { uri, isMeant, boundary } = request;
    const { fileSystem, maxFileSize } = this.context;
    let file: StampedFile | undefined;
    try {
      file = await readStamped(fileSystem, uri, readingLimit(request, maxFileSize));
    } catch (error) {
      // What is out of reach is nobody's fault, and of files of any name not even of interest.
      if (isMissing(error) || !isMeant) return undefined;
      return unreadableFile(uri, errorMessage(error));
    }
    if (file?.stat.type !== 'file') return undefined;
    try {
      const text = this.#textOf(uri, file, isMeant);
      if (text === undefined) return undefined;
      const record =
        typeof text === 'string'
          ? await ingestFile({ uri, text, isMeant, boundary }, this.context)
          : emptyFileRecord(uri, [text]);
      const hash = isYoung(file.stat, now) && typeof text === 'string' ? hashText(text) : undefined;
      return { stamp: stampOf(file.stat, hash), record };
    } catch (error) {
      // Whatever stands in a file is judged without an exception: this is a mistake of ours.
      return unreadableFile(uri, errorMessage(error));
    }
  }

  /** What entities give that were never written anywhere. */
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

  /** The text, a problem in its place, or nothing where there is no reason to read the file. */
  #textOf(
    uri: string,
    { stat: { size }, content }: StampedFile,
    isMeant: boolean,
  ): string | Problem | undefined {
    const { classifier, maxFileSize } = this.context;
    const text = content && decodeText(content);
    if (size <= maxFileSize) return text;
    return isMeant || (text !== undefined && classifier.mayHoldDescriptors(text))
      ? createProblem('file-too-large', tooLargeMessage(size, maxFileSize), { file: uri })
      : undefined;
  }
}

/** Coarser than the clock of any file system that is in use: FAT counts in steps of two seconds. */
const YOUNG = 2000;

/** Where the time is not known, size alone would tell. */
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

/** A value that was never written anywhere, in the shape in which written ones are ingested. */
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
