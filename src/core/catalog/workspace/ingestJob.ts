import { isRecord } from '../../../base';
import { readCustomKinds } from '../../../model';
import { readOwnerMapping } from '../../codeowners';
import type { WorkerJob } from '../../ports';
import type { KindSchemas } from '../customKinds/kindSchemas';
import { encodeLines } from '../packing/lines';
import { packFile } from '../packing/packedFile';
import type { FileRequest, FileStamp, IngestOptions } from './fileReading';

/** Files that are read in a worker. */
export interface IngestBatch extends IngestOptions {
  readonly files: readonly FileRequest[];
  readonly kindSchemas: KindSchemas;
}

/** What the files of a batch gave, in their order. */
export interface PackedReadings {
  readonly files: readonly PackedReading[];
  /** Of all files, one after the other. */
  readonly lines: Uint8Array;
}

/** What one file gave; without a stamp where there is nothing to be had from it. */
export interface PackedReading {
  readonly stamp?: FileStamp;
  /** How many of the lines it takes to tell. */
  readonly lines: number;
}

/** Reads and ingests files. */
export const ingestJob: WorkerJob<IngestBatch, PackedReadings> = {
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
    const all: string[] = [];
    for (const file of files) {
      const reading = await reader.readFile(file, Date.now());
      if (!reading) {
        readings.push({ lines: 0 });
        continue;
      }
      const lines = packFile(reading.record);
      if (!lines) throw new TypeError(`${file.uri} holds what is no data`);
      readings.push({ stamp: reading.stamp, lines: lines.length });
      all.push(...lines);
    }
    return { files: readings, lines: encodeLines(all) };
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
    if (!isRecord(value)) throw new TypeError('Not the readings of files');
    const { files, lines } = value;
    if (!Array.isArray(files) || !files.every(isPackedReading) || !(lines instanceof Uint8Array)) {
      throw new TypeError('Not the readings of files');
    }
    return { files, lines };
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
  return (stamp === undefined || isFileStamp(stamp)) && typeof lines === 'number';
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
