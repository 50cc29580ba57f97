import { errorMessage } from '../../../../base';
import type { ThreadPort } from '../../../../platform/core/ports';
import type { SearchIndex } from '../types';
import { InProcessSearchIndex } from './inProcessSearchIndex';
import { handedOver, type IndexReply, isIndexRequest } from './messages';
import { operations } from './operations';

/** Does with an index what is asked for over a port, for a `RemoteSearchIndex` at its other end. */
export function serveIndex(port: ThreadPort, index: SearchIndex): void {
  const client = new InProcessSearchIndex(index);
  const running = new Map<number, AbortController>();
  const reply = (answer: IndexReply): void =>
    port.post(answer, answer.isOk ? handedOver(answer.output) : []);
  port.onMessage(message => {
    // What has no number cannot be answered.
    if (!isIndexRequest(message)) return;
    if ('cancel' in message) {
      running.get(message.cancel)?.abort();
      return;
    }
    const { id, operation, input } = message;
    const abort = new AbortController();
    running.set(id, abort);
    operations[operation]
      .answer(client, input, abort.signal)
      .then(output => reply({ id, isOk: true, output }))
      .catch((error: unknown) => reply({ id, isOk: false, message: errorMessage(error) }))
      .finally(() => running.delete(id));
  });
}
