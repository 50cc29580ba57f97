import { createParser } from 'eventsource-parser';
import { SourceError } from '../../../sources/core';

/** Maximum characters of an event, and of unparsed data. */
const MAX_EVENT = 4 * 1024 * 1024;

/** An event of a `text/event-stream`. */
export interface ServerEvent {
  /** Undefined if the server doesn't set it. */
  readonly type: string | undefined;
  /** Parsed JSON data. */
  readonly value: unknown;
}

/**
 * Parses the events of a `text/event-stream`. Events without valid JSON are skipped.
 *
 * @throws SourceError for an endless event; errors of the chunks
 */
export async function* jsonEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let waiting: ServerEvent[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent({ event: type, data }) {
      try {
        waiting.push({ type, value: JSON.parse(data) });
      } catch {
        // Not an event of a Backstage.
      }
    },
    onError(error) {
      isTooLong ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const complete = waiting;
    waiting = [];
    yield* complete;
    if (isTooLong) {
      throw new SourceError('invalid', 'The server sent an endless event', {
        advice: 'Open it in Backstage.',
      });
    }
  }
}
