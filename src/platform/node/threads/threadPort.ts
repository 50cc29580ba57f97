import type { MessagePort } from 'node:worker_threads';
import { Emitter } from '../../../base';
import type { ThreadPort } from '../../core/ports';

/** The line to whoever started this thread, as it looks in here. */
export function threadPort(port: MessagePort): ThreadPort {
  const messages = new Emitter<unknown>();
  port.on('message', (message: unknown) => messages.fire(message));
  return {
    onMessage: messages.event,
    post: (message, transferables = []) => port.postMessage(message, transferables),
  };
}
