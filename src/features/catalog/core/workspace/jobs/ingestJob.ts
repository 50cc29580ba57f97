import { isRecord } from '../../../../../base';
import { readCustomKinds, readOwnerMapping } from '../../../../../model';
import type { WorkerJob } from '../../../../../platform/core/ports';
import type { KindSchemas } from '../../customKinds/kindSchemas';
import { type PackedRecord, packRecord } from '../../packing/packedFile';
import type { FileReading, FileRequest, IngestOptions } from '../files/fileReading';

/** Files that are read in a worker. */
export interface IngestBatch extends IngestOptions {
  readonly files: readonly FileRequest[];
  readonly kindSchemas: KindSchemas;
}

/** What a file gave. */
export interface PackedReading extends Omit<FileReading, 'record'> {
  readonly record: PackedRecord;
}

/** For each file of a batch, what is to be had from it. */
type PackedReadings = readonly (PackedReading | undefined)[];

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
    const readings: (PackedReading | undefined)[] = [];
    for (const file of files) {
      const reading = await reader.readFile(file, Date.now());
      const record = reading && packRecord(reading.record);
      if (reading && !record) throw new TypeError(`${file.uri} holds what is no data`);
      readings.push(record && { stamp: reading.stamp, record });
    }
    return readings;
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
    if (!Array.isArray(value)) throw new TypeError('Not the readings of files');
    // Of a worker of the same build.
    return value as PackedReadings;
  },
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
