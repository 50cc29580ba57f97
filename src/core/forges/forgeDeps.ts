import { base64Of } from '../../base';
import type { Clock, HttpClient } from '../ports';
import type { ForgeAddress } from './forgeAddress';

export interface ForgeDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly address: ForgeAddress;
  /** Goes to this forge, and to nobody else. */
  readonly token: string;
}

/** As git sends a user's name with a token for a password. */
export function basicAuthorization(user: string, token: string): string {
  return `Basic ${base64Of(new TextEncoder().encode(`${user}:${token}`))}`;
}
