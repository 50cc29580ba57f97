import { Slices } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';
import { abortError } from '../../discovery/fileSelector';
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
  let next = 0;
  const work = async (): Promise<void> => {
    for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
      if (signal?.aborted) throw abortError(signal);
      const request = await requestOf(uri);
      if (request) {
        const reader = await session.reader();
        const reading = await reader.readFile(request, clock.now());
        onReading(request, reading && { ...reading, record: compactRecord(reading.record) });
      }
      await slices.pause();
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_OPEN_FILES, uris.length) }, work));
  if (signal?.aborted) throw abortError(signal);
}
