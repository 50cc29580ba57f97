import type { Clock, HttpClient } from '../../../../platform/core/ports';
import type { ForgeAddress } from './forgeAddress';

export interface ForgeDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly address: ForgeAddress;
  /** Goes to this forge, and to nobody else. */
  readonly token: string;
}
