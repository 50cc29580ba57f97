import { lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Creates a DNS lookup that returns allowed addresses only, and fails with a {@link WithheldError} otherwise.
 *
 * @param onLookUp - called on a lookup: this machine, and no proxy, resolves the name then
 */
export function guardedLookup(host: string, onLookUp: () => void): LookupFunction {
  return (hostname, options, callback) => {
    onLookUp();
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => isWithheld(address));
      // A name with both kinds of addresses is suspicious.
      if (refused) return callback(WithheldError.of(host, refused.address), []);
      if (options.all) return callback(null, addresses);
      callback(null, first?.address ?? '', first?.family);
    });
  };
}

/** The reason why an address isn't contacted. */
export class WithheldError extends Error {
  override readonly name = 'WithheldError';

  /** Creates an error for an address of a host. */
  static of(host: string, address: string): WithheldError {
    return new WithheldError(
      `${host} resolves to ${address}, a loopback, link-local or reserved address`,
    );
  }
}

const withheld = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  // Link-local: clouds have their metadata services here.
  '169.254.0.0/16',
  '224.0.0.0/3',
  // Metadata services of Alibaba, Oracle and Azure.
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  '::/127',
  'fe80::/10',
  'ff00::/8',
  // Metadata service of Amazon.
  'fd00:ec2::/32',
  // Metadata service of Google.
  'fd20:ce::254/128',
].map(ipaddr.parseCIDR);

/** IPv6 ranges that embed an IPv4 address, by the offset of its first byte. */
const embedded = {
  // Compatible, mapped, translated by SIIT, and by NAT64 with the well-known and the local prefix.
  12: ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(
    ipaddr.parseCIDR,
  ),
  // 6to4
  2: [ipaddr.parseCIDR('2002::/16')],
};

/**
 * Whether an address must not be contacted.
 *
 * @param text - an IPv4 or IPv6 address; any other text, such as `127.1`, is withheld too
 */
export function isWithheld(text: string): boolean {
  return isIP(text) === 0 || !ipaddr.isValid(text) || isIn(ipaddr.parse(text));
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.subnetMatch(address, { withheld }, '') !== '') return true;
  const start = ipaddr.subnetMatch(address, embedded, '');
  if (start === '') return false;
  return isIn(ipaddr.fromByteArray(address.toByteArray().slice(+start, +start + 4)));
}
