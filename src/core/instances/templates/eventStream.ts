import { createParser } from 'eventsource-parser';
import { SourceError } from '../../sources';

/** Characters of one event, and of what is no event yet. */
const MAX_EVENT = 4 * 1024 * 1024;

/**
 * What the events of a `text/event-stream` hold, parsed as JSON, as they come. What is none is left out: the next one may
 * be readable again.
 *
 * @throws SourceError for one that never comes to its end; what the chunks throw
 */
export async function* jsonEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let waiting: unknown[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent({ data }) {
      try {
        waiting.push(JSON.parse(data));
      } catch {
        // It is no event of a task.
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
      throw new SourceError('invalid', 'The server tells of the task in an event without end', {
        advice: 'Look at the task in the Backstage.',
      });
    }
  }
}
