import { expect, it } from 'vitest';
import { Emitter } from '../../../../../../src/base';
import { serveIndex } from '../../../../../../src/features/search/core';
import { PlainSearchIndex } from '../../../../../support/plainSearchIndex';

it('passes over what cannot be answered, and refuses what is nothing to ask', async () => {
  const messages = new Emitter<unknown>();
  const replies: unknown[] = [];
  const answered = new Emitter<void>();
  const done = new Promise<void>(resolve => answered.event(resolve));
  serveIndex(
    {
      onMessage: messages.event,
      post(message) {
        if (replies.push(message) === 2) answered.fire();
      },
    },
    new PlainSearchIndex(),
  );
  const hostile = [
    undefined,
    { id: 1, operation: 'constructor', input: true },
    { id: 1, operation: '__proto__', input: true },
    { operation: 'clear', input: true },
    { cancel: 7 },
    { id: 2, operation: 'search', input: { query: 'all' } },
    { id: 3, operation: 'statistics', input: true },
  ];
  for (const message of hostile) messages.fire(message);
  await done;
  expect(replies).toEqual([
    { id: 2, isOk: false, message: 'Not what an index can be asked' },
    { id: 3, isOk: true, output: { sources: 0, documents: 0 } },
  ]);
});
