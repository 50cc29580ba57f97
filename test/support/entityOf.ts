import { parse } from 'yaml';
import type { Entity } from '../../src/model';
import { aDescriptor } from './descriptors';

/** Returns the entity of a descriptor with the same arguments, as from a provider. */
export function entityOf(...descriptor: Parameters<typeof aDescriptor>): Entity {
  return parse(aDescriptor(...descriptor)) as Entity;
}
