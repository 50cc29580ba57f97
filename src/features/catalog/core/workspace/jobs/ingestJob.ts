import { concatBytes, isRecord } from '../../../../../base';
import { readCustomKinds, readOwnerMapping } from '../../../../../model';
import type { WorkerJob } from '../../../../../platform/core/ports';
import type { KindSchemas } from '../../customKinds/kindSchemas';
import { EntryWriter } from '../../snapshot/fileEntries';
import type { FileRequest, IngestOptions } from '../files/fileReading';

/** Files that are read in a worker. */
export interface IngestBatch extends IngestOptions {
  readonly files: readonly FileRequest[];
  readonly kindSchemas: KindSchemas;
}

/** What the files of a batch gave. */
export interface PackedReadings {
  /** For each file, whether anything is to be had from it. */
  readonly found: readonly boolean[];
  /** Of those files, as they are written down for the next start. */
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Reads and ingests files. */
export const ingestJob: WorkerJob<IngestBatch, PackedReadings> = {
  name: 'catalog.ingest',

  async run({ files, ...options }, { fileSystem }) {
    const { DescriptorReader } = await import('../../reading/descriptorReader');
    const { kindSchemas } = options;
    const reader = await DescriptorReader.open(options, {
      fileSystem,
      processors: [],
      kindSchemas,
    });
    const writer = new EntryWriter();
    const found: boolean[] = [];
    for (const file of files) {
      const reading = await reader.readFile(file, Date.now());
      found.push(reading !== undefined);
      if (reading && !writer.add({ ...file, ...reading })) {
        throw new TypeError(`${file.uri} holds what is no data`);
      }
    }
    const { text, parts } = writer.frame;
    return { found, text, bytes: concatBytes(parts) };
  },

  readInput(value) {
    if (!isRecord(value)) throw new TypeError('Not a batch of files');
    const { files, kindSchemas, maxFileSize, scaffolderActions } = value;
    const { customKinds, ownerFromCodeowners, codeownersOwners } = value;
    if (!Array.isArray(files) || !files.every(isFileRequest) || typeof maxFileSize !== 'number') {
      throw new TypeError('Not a batch of files');
    }
    if (!isKindSchemas(kindSchemas)) throw new TypeError('Not the schemas of kinds');
    return {
      files,
      customKinds: readCustomKinds(customKinds).kinds,
      kindSchemas,
      maxFileSize,
      ownerFromCodeowners: ownerFromCodeowners === true,
      codeownersOwners: readOwnerMapping(codeownersOwners).mapping,
      scaffolderActions: Array.isArray(scaffolderActions) ? scaffolderActions.filter(isText) : [],
    };
  },

  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not the readings of files');
    const { found, text, bytes } = value;
    const isUsable =
      Array.isArray(found) &&
      found.every(item => typeof item === 'boolean') &&
      typeof text === 'string' &&
      bytes instanceof Uint8Array;
    if (!isUsable) throw new TypeError('Not the readings of files');
    return { found, text, bytes };
  },

  transferables: ({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []),
};

function isKindSchemas(value: unknown): value is KindSchemas {
  return isRecord(value) && Object.values(value).every(isRecord);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isFileRequest(value: unknown): value is FileRequest {
  return (
    isRecord(value) &&
    typeof value['uri'] === 'string' &&
    typeof value['isMeant'] === 'boolean' &&
    typeof value['boundary'] === 'string'
  );
}
