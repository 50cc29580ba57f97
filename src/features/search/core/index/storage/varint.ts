import type { Growing } from './growing';

/** Adds a whole number of up to 31 bits, seven bits a byte, the lowest first. */
export function pushVarint(bytes: Growing<Uint8Array>, value: number): void {
  bytes.ensure(5);
  let rest = value;
  while (rest > 127) {
    bytes.data[bytes.length++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes.data[bytes.length++] = rest;
}
