import type { InstanceOptions } from '../../../../api';
import type { Asking } from '../../../sources/core';

/** What a question of a user is asked with: what it takes counts for no refresh of a source. */
export function askingFor({ signal }: InstanceOptions): Asking {
  return { signal, traffic: { requests: 0, bytes: 0 } };
}
