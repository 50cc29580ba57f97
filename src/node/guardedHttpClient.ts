import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { concatBytes, errorMessage } from '../base';
import type { HttpAnswer, HttpClient, HttpRequest, HttpResult } from '../core/ports';

export interface GuardedHttpClientOptions {
  /** Whether somebody named a host that is an address itself, or `localhost`: it is asked wherever it lies then. */
  readonly isNamed: (host: string) => boolean;
}

/**
 * Other machines for what others have written: no name leads to this machine, to one that is reached without a router, or
 * to what tells a machine of a cloud its keys. The address that was judged is the one that is connected to.
 */
export class GuardedHttpClient implements HttpClient {
  readonly #isNamed: (host: string) => boolean;

  constructor({ isNamed }: GuardedHttpClientOptions) {
    this.#isNamed = isNamed;
  }

  async send({ timeout, signal, ...request }: HttpRequest): Promise<HttpResult> {
    const { host, hostname } = new URL(request.url);
    const address = hostname.replace(/^\[|\]$/g, '');
    const isMeant = (isIP(address) !== 0 || address === 'localhost') && this.#isNamed(host);
    // What is an address already is looked up by nobody.
    if (!isMeant && isIP(address) !== 0 && isWithheld(address)) {
      return { type: 'unreachable', reason: withheld(host, address) };
    }
    const late = AbortSignal.timeout(timeout);
    try {
      return await exchange(request, {
        signal: signal ? AbortSignal.any([signal, late]) : late,
        ...(isMeant ? {} : { lookup: guardedLookup(host) }),
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      return { type: 'unreachable', reason: errorMessage(error) };
    }
  }
}

function exchange(
  { url, method, headers, body, maxSize }: Omit<HttpRequest, 'timeout' | 'signal'>,
  options: Pick<RequestOptions, 'signal' | 'lookup'>,
): Promise<HttpAnswer | { readonly type: 'excess' }> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // A connection that another client has left open may lead elsewhere.
    const request = send(url, { ...options, method, headers, agent: false }, answer => {
      readAnswer(answer, maxSize).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Nobody was told that it may come packed, and so none of it is unpacked. */
async function readAnswer(
  answer: IncomingMessage,
  maxSize: number,
): Promise<HttpAnswer | { readonly type: 'excess' }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // To leave the loop closes the connection.
    if (size > maxSize) return { type: 'excess' };
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).map(
    ([name, value]) => [name, [value ?? ''].flat().join(', ')] as const,
  );
  return {
    type: 'answered',
    status: answer.statusCode ?? 0,
    headers: new Map(headers),
    body: concatBytes(chunks),
  };
}

/** Gives those addresses of a name alone that may be asked. */
function guardedLookup(host: string): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => isWithheld(address));
      // One that mixes them is up to something.
      if (refused) return callback(new Error(withheld(host, refused.address)), []);
      if (options.all) return callback(null, addresses);
      callback(null, first?.address ?? '', first?.family);
    });
  };
}

function withheld(host: string, address: string): string {
  return `${host} leads to ${address}, which is this machine, or one that only it can reach`;
}

const withheldAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  // Link-local: what tells machines of a cloud their keys is there.
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  withheldAddresses.addSubnet(network, prefix, 'ipv4');
}
// Other places of the same kind of Alibaba, Oracle and Azure.
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) {
  withheldAddresses.addAddress(address, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  withheldAddresses.addSubnet(network, prefix, 'ipv6');
}
// Those of Amazon and Google.
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) {
  withheldAddresses.addAddress(address, 'ipv6');
}

/** @param address - of IPv4 or IPv6 */
export function isWithheld(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) === 4) return withheldAddresses.check(plain, 'ipv4');
  const inner = embedded(plain);
  return withheldAddresses.check(plain, 'ipv6') || (inner !== undefined && isWithheld(inner));
}

/** The address of IPv4 that one of IPv6 stands for: mapped, compatible, translated (NAT64), or by way of 6to4. */
function embedded(address: string): string | undefined {
  // As it is spelled in an address of the web: in groups, with no dots.
  const groups = expanded(new URL(`http://[${address}]`).hostname.slice(1, -1));
  const [first, second, third] = groups;
  if (first === 0x2002) return dotted(second, third);
  const isNat64 = first === 0x64 && second === 0xff9b;
  const isMapped = groups.slice(0, 5).every(group => group === 0);
  return isNat64 || isMapped ? dotted(groups[6], groups[7]) : undefined;
}

function expanded(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const numbers = (part: string): readonly number[] =>
    part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
  const before = numbers(head);
  const after = numbers(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
