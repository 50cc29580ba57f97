import { parse } from 'yaml';
import type { Entity } from '../../src/model';
import { aDescriptor } from './descriptors';

/** The entity that a descriptor of the same arguments holds, as a provider brings it. */
export function entityOf(...descriptor: Parameters<typeof aDescriptor>): Entity {
  return parse(aDescriptor(...descriptor)) as Entity;
}
