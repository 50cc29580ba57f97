import { isRecord } from '../../../base';
import { readCustomKinds } from '../../../model';
import { readOwnerMapping } from '../../codeowners';
import type { WorkerJob } from '../../ports';
import type { KindSchemas } from '../customKinds/kindSchemas';
import { compactRecord, packFile, type PackedFile } from '../packing/packedFile';
import type { FileRequest, FileStamp, IngestOptions } from './fileReading';

/** Files that are read in a worker. */
export interface IngestBatch extends IngestOptions {
  readonly files: readonly FileRequest[];
  readonly kindSchemas: KindSchemas;
}

/** What one file gave; without a stamp where there is nothing to be had from it. */
export interface PackedReading {
  readonly stamp?: FileStamp;
  readonly lines: PackedFile;
}

/** Reads and ingests files; the readings come in the order of the files. */
export const ingestJob: WorkerJob<IngestBatch, readonly PackedReading[]> = {
  name: 'catalog.ingest',

  async run({ files, ...options }, { fileSystem }) {
    const { DescriptorReader } = await import('../reading/descriptorReader');
    const { kindSchemas } = options;
    const reader = await DescriptorReader.open(options, {
      fileSystem,
      processors: [],
      kindSchemas,
    });
    const readings: PackedReading[] = [];
    for (const file of files) {
      const reading = await reader.readFile(file, Date.now());
      if (!reading) {
        readings.push({ lines: [] });
        continue;
      }
      const lines = packFile(compactRecord(reading.record));
      if (!lines) throw new TypeError(`${file.uri} holds what is no data`);
      readings.push({ stamp: reading.stamp, lines });
    }
    return readings;
  },

  readInput(value) {
    if (!isRecord(value)) throw new TypeError('Not a batch of files');
    const { files, customKinds, kindSchemas, maxFileSize, ownerFromCodeowners, codeownersOwners } =
      value;
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
    };
  },

  readOutput(value) {
    if (!Array.isArray(value) || !value.every(isPackedReading)) {
      throw new TypeError('Not the readings of files');
    }
    return value;
  },
};

function isKindSchemas(value: unknown): value is KindSchemas {
  return isRecord(value) && Object.values(value).every(isRecord);
}

function isFileRequest(value: unknown): value is FileRequest {
  return (
    isRecord(value) &&
    typeof value['uri'] === 'string' &&
    typeof value['isMeant'] === 'boolean' &&
    typeof value['boundary'] === 'string'
  );
}

function isPackedReading(value: unknown): value is PackedReading {
  if (!isRecord(value)) return false;
  const { stamp, lines } = value;
  return (
    (stamp === undefined || isFileStamp(stamp)) &&
    Array.isArray(lines) &&
    lines.every(line => typeof line === 'string')
  );
}

export function isFileStamp(value: unknown): value is FileStamp {
  if (!isRecord(value)) return false;
  const { mtime, size, hash } = value;
  return (
    typeof mtime === 'number' &&
    typeof size === 'number' &&
    (hash === undefined || typeof hash === 'string')
  );
}
