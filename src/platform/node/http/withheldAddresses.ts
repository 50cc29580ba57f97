import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Gives those addresses of a name alone that may be asked. Others are a {@link WithheldError}.
 *
 * @param onLookUp - told when it is asked: it is this machine then that finds out where the name leads
 */
export function guardedLookup(host: string, onLookUp: () => void): LookupFunction {
  return (hostname, options, callback) => {
    onLookUp();
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => isWithheld(address));
      // One that mixes them is up to something.
      if (refused) return callback(WithheldError.of(host, refused.address), []);
      if (options.all) return callback(null, addresses);
      callback(null, first?.address ?? '', first?.family);
    });
  };
}

/** Why an address is not asked. */
export class WithheldError extends Error {
  override readonly name = 'WithheldError';

  /** An address that a host has. */
  static of(host: string, address: string): WithheldError {
    return new WithheldError(
      `${host} leads to ${address}, which is this machine, or one that only it can reach`,
    );
  }
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
  // Where Amazon tells keys, to machines and to containers.
  ['fd00:ec2::', 32],
] as const) {
  withheldAddresses.addSubnet(network, prefix, 'ipv6');
}
// The same of Google.
withheldAddresses.addAddress('fd20:ce::254', 'ipv6');

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
  // `::ffff:0:a.b.c.d`, of SIIT.
  const isTranslated = groups.slice(0, 6).join(' ') === '0 0 0 0 65535 0';
  return isNat64 || isMapped || isTranslated ? dotted(groups[6], groups[7]) : undefined;
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
