import { mapConcurrently } from '../../../../../base';
import { Slices } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';
import { compactRecord } from '../../packing/packedFile';
import type { IndexSession } from '../catalogIndex';
import type { FileReading, FileRequest } from './fileReading';

export interface IngestFilesDeps {
  readonly session: IndexSession;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** How the file is to be read; undefined where it is none of ours. Called when its turn comes. */
  readonly requestOf: (uri: string) => Promise<FileRequest | undefined>;
  /** Called once for each file, in no particular order; its record is compact. */
  readonly onReading: (request: FileRequest, reading: FileReading | undefined) => void;
}

const MAX_OPEN_FILES = 16;

/** Reads and ingests files in slices. @throws AbortError if the signal is aborted */
export async function ingestFiles(uris: readonly string[], deps: IngestFilesDeps): Promise<void> {
  const { session, clock, signal, requestOf, onReading } = deps;
  const slices = new Slices(clock);
  await mapConcurrently(uris, MAX_OPEN_FILES, async uri => {
    signal?.throwIfAborted();
    const request = await requestOf(uri);
    if (request) {
      const reader = await session.reader();
      const reading = await reader.readFile(request, clock.now());
      onReading(request, reading && { ...reading, record: compactRecord(reading.record) });
    }
    await slices.pause();
  });
  signal?.throwIfAborted();
}
