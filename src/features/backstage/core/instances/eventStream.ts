import { createParser } from 'eventsource-parser';
import { SourceError } from '../../../sources/core';

/** Characters of one event, and of what is no event yet. */
const MAX_EVENT = 4 * 1024 * 1024;

/** An event of a `text/event-stream`. */
export interface ServerEvent {
  /** Undefined where the server does not say. */
  readonly type: string | undefined;
  /** Its data, parsed as JSON. */
  readonly value: unknown;
}

/**
 * The events of a `text/event-stream`, as they come. What holds no JSON is left out: the next one may be readable again.
 *
 * @throws SourceError for one that never comes to its end; what the chunks throw
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
        // It is no event of a Backstage.
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
      throw new SourceError('invalid', 'The server tells what goes on in an event without end', {
        advice: 'Look at it in the Backstage.',
      });
    }
  }
}
