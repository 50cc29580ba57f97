import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { concatBytes } from '../../../base';
import { type HttpAnswer, type HttpStream, HttpStreamFailure } from '../../core/ports';
import { toUnreachable } from './unreachable';

/** Reads a whole answer. */
export async function readAnswer(
  answer: IncomingMessage,
  { maxSize, isPacked }: { readonly maxSize: number; readonly isPacked: boolean },
): Promise<HttpAnswer | { readonly type: 'excess' }> {
  let received = 0;
  answer.on('data', (chunk: Uint8Array) => {
    received += chunk.length;
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const encoding = answer.headers['content-encoding'];
  for await (const chunk of isPacked ? unpacked(answer, encoding) : chunksOf(answer)) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxSize) return { type: 'excess' };
    chunks.push(chunk);
  }
  return {
    type: 'answered',
    status: answer.statusCode ?? 0,
    received,
    headers: headersOf(answer, name =>
      isPacked ? name !== 'content-encoding' && name !== 'content-length' : true,
    ),
    body: concatBytes(chunks),
  };
}

export interface StreamLimits {
  readonly maxSize: number;
  readonly silence: number;
  readonly signal: AbortSignal;
}

/** Returns an answer as a stream. */
export function streamAnswer(answer: IncomingMessage, limits: StreamLimits): HttpStream {
  // Errors before the first read are thrown by the loop over the chunks.
  answer.on('error', () => {});
  return {
    type: 'streaming',
    status: answer.statusCode ?? 0,
    headers: headersOf(answer, () => true),
    chunks: arriving(answer, limits),
  };
}

async function* arriving(
  answer: IncomingMessage,
  { maxSize, silence, signal }: StreamLimits,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let isSilent = false;
  let timer: NodeJS.Timeout | undefined;
  const listen = (): void => {
    timer = setTimeout(() => {
      isSilent = true;
      answer.destroy(new Error('no data was received for too long'));
    }, silence);
  };
  try {
    listen();
    for await (const chunk of chunksOf(answer)) {
      // The time between reads doesn't count.
      clearTimeout(timer);
      size += chunk.length;
      if (size > maxSize) throw new HttpStreamFailure('excess', 'the response is too large');
      yield chunk;
      listen();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpStreamFailure) throw error;
    throw new HttpStreamFailure(isSilent ? 'silent' : 'broken', toUnreachable(error).reason);
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
}

function headersOf(
  { headers }: IncomingMessage,
  isKept: (name: string) => boolean,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      isKept(name) ? [[name, [value ?? ''].flat().join(', ')] as const] : [],
    ),
  );
}

function chunksOf(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  return answer;
}

/** @throws Error for an encoding that wasn't requested */
function unpacked(
  answer: IncomingMessage,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const { statusCode } = answer;
  const isEmpty = statusCode === 204 || statusCode === 304;
  if (encoding === undefined || encoding === 'identity' || isEmpty) return chunksOf(answer);
  if (!/^(?:x-)?gzip$/i.test(encoding)) {
    answer.destroy();
    throw new Error(`the response has the unsupported encoding ${encoding.slice(0, 40)}`);
  }
  // Errors of gunzip are thrown by the loop over its output.
  return pipeline(answer, createGunzip(), () => {});
}
