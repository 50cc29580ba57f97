import { mapConcurrently } from '../../../../../base';
import { TimeSlicer } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';
import { compactRecord } from '../../packing/packedFile';
import type { IndexSession } from '../catalogIndex';
import type { FileReading, FileRequest } from './fileReading';

export interface IngestFilesDeps {
  readonly session: IndexSession;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Returns how to read a file; undefined if it isn't part of the index. Called just before reading. */
  readonly requestOf: (uri: string) => Promise<FileRequest | undefined>;
  /** Called once per file, in no particular order, with a compact record. */
  readonly onReading: (request: FileRequest, reading: FileReading | undefined) => void;
}

const MAX_OPEN_FILES = 16;

/**
 * Reads and processes files in time slices.
 *
 * @throws AbortError if the signal is aborted
 */
export async function ingestFiles(uris: readonly string[], deps: IngestFilesDeps): Promise<void> {
  const { session, clock, signal, requestOf, onReading } = deps;
  const slices = new TimeSlicer(clock);
  await mapConcurrently(uris, MAX_OPEN_FILES, async uri => {
    signal?.throwIfAborted();
    const request = await requestOf(uri);
    if (request) {
      const reader = await session.reader();
      const reading = await reader.readFile(request, clock.now(), slices);
      onReading(request, reading && { ...reading, record: compactRecord(reading.record) });
    }
    await slices.pause();
  });
  signal?.throwIfAborted();
}
