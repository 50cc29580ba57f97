import { lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

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

const withheld = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  // Link-local: clouds tell machines their keys there.
  '169.254.0.0/16',
  '224.0.0.0/3',
  // Other places of the same kind of Alibaba, Oracle and Azure.
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  '::/127',
  'fe80::/10',
  'ff00::/8',
  // Where Amazon tells keys, to machines and to containers.
  'fd00:ec2::/32',
  // The same of Google.
  'fd20:ce::254/128',
].map(ipaddr.parseCIDR);

/** Ranges of IPv6 whose addresses stand for one of IPv4, by the place of its first byte. */
const embedded = {
  // Compatible, mapped, translated by SIIT, and by NAT64 of everybody and of one network.
  12: ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(
    ipaddr.parseCIDR,
  ),
  // 6to4
  2: [ipaddr.parseCIDR('2002::/16')],
};

/** @param text - an address of IPv4 or IPv6; other text, such as `127.1`, is withheld too */
export function isWithheld(text: string): boolean {
  return isIP(text) === 0 || !ipaddr.isValid(text) || isIn(ipaddr.parse(text));
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.subnetMatch(address, { withheld }, '') !== '') return true;
  const start = ipaddr.subnetMatch(address, embedded, '');
  if (start === '') return false;
  return isIn(ipaddr.fromByteArray(address.toByteArray().slice(+start, +start + 4)));
}
