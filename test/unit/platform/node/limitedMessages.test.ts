import { expect, it } from 'vitest';
import { limitedMessages } from '../../../../src/platform/node/limitedMessages';

const message = (text: string): string =>
  `Content-Length: ${Buffer.byteLength(text)}\r\nContent-Type: a\r\n\r\n${text}`;

/** Sends a text in pieces of a given size. */
async function passed(text: string, size = text.length): Promise<[string, readonly string[]]> {
  const errors: string[] = [];
  const stream = limitedMessages(error => errors.push(error));
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise(resolve => stream.once('end', resolve));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
  stream.end();
  await ended;
  return [Buffer.concat(chunks).toString(), errors];
}

const three = message('{"a":1}') + message('') + message('"\u{1f6a2}\r\n\r\n"');

it.each([1, 2, 3, 5, 7, 1000])('forwards messages in pieces of %i bytes', async size => {
  expect(await passed(three, size)).toEqual([three, []]);
});

it.each([
  ['no header', 'Hello\r\n\r\n{}'],
  ['no length', 'Content-Type: a\r\n\r\n{}'],
  ['a word', 'Content-Length: abc\r\n\r\n{}'],
  ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
  ['a fraction', 'Content-Length: 1.5\r\n\r\n{}'],
  ['a number of another base', 'Content-Length: 0x2\r\n\r\n{}'],
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}  '],
  ['more than a message may have', 'Content-Length: 1000000000\r\n\r\n{}'],
  ['more digits than a number has', `Content-Length: ${'9'.repeat(400)}\r\n\r\n{}`],
  ['headers without an end', `Content-Length: 2\r\n${'a'.repeat(10_000)}`],
  ['NULs', '\0'.repeat(100_000)],
  ['a name with blanks', '\nContent-Length: 2\r\n\r\n{}'],
])('stops at %s with one error', async (_, hostile) => {
  const [whole, errors] = await passed(three + hostile + three);
  expect(whole).toBe(three);
  expect(errors).toEqual([expect.stringMatching(/^A message has /)]);
});
