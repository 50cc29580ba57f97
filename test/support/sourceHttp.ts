import {
  type SourceAnswer,
  type SourceCredentials,
  type SourceRequest,
  type Traffic,
} from '../../src/features/sources/core';
import { DefaultSourceHttp } from '../../src/features/sources/core/http/defaultSourceHttp';
import type { RequestSlots } from '../../src/features/sources/core/http/requestSlots';
import { AllowedHosts } from '../../src/platform/core/hosts';
import type { Clock } from '../../src/platform/core/ports';
import { loadOutputs } from '../../src/platform/node';
import { TEST_AUTHORITY } from './loopbackServer';

/** A clock that doesn't wait, and records the delays. */
export class HastyClock implements Clock {
  readonly delays: number[] = [];
  time: number;

  constructor(time = 0) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.delays.push(milliseconds);
    await Promise.resolve();
    signal?.throwIfAborted();
  }

  async yield(): Promise<void> {
    await Promise.resolve();
  }
}

export interface SourceHttpSetup {
  /** Hosts. */
  readonly allowed: readonly string[];
  /** Values of the authorization header by origin. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Replaces the defaults. */
  readonly signedIn?: SourceCredentials;
  readonly clock?: Clock;
  readonly timeout?: number;
  readonly proxy?: string;
  readonly slots?: RequestSlots;
}

/** HTTP with real connections, as in the product. */
export function openSourceHttp({
  allowed,
  credentials = {},
  signedIn,
  clock = new HastyClock(),
  proxy,
  ...options
}: SourceHttpSetup): DefaultSourceHttp {
  const hosts = new AllowedHosts(allowed);
  const known: SourceCredentials = {
    authorization: origin => Promise.resolve(credentials[origin]),
  };
  return new DefaultSourceHttp({
    allowed: () => hosts,
    openHttp: async isNamed => {
      const { GuardedHttpClient } = await loadOutputs();
      const authorities = [TEST_AUTHORITY];
      return new GuardedHttpClient({ isNamed, authorities, proxyOf: () => proxy });
    },
    credentials: signedIn ?? known,
    clock,
    random: () => 1,
    ...options,
  });
}

export interface Asking extends Partial<SourceRequest>, Omit<SourceHttpSetup, 'allowed'> {
  readonly allowed?: readonly string[];
}

/** Sends one request. The host of the address is allowed. */
export async function askSource(
  url: string,
  { allowed, credentials, clock, timeout, proxy, slots, ...request }: Asking = {},
): Promise<SourceAnswer & { readonly traffic: Traffic }> {
  const http = openSourceHttp({
    allowed: allowed ?? [new URL(url).host],
    credentials,
    clock,
    timeout,
    proxy,
    slots,
  });
  const traffic = request.traffic ?? { requests: 0, bytes: 0 };
  const { signal } = new AbortController();
  return { ...(await http.send({ url, signal, ...request, traffic })), traffic };
}
