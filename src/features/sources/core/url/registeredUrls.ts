import type { FetchOptions, SourceHttp, Traffic } from '../types';

export interface RegistryQuestion extends FetchOptions {
  readonly http: SourceHttp;
  readonly traffic: Traffic;
}

/** The addresses that a source has registered, as somebody would have done it in a Backstage by hand. */
export interface RegisteredUrls {
  /** Tells a copy of theirs from those of others. */
  readonly identity: string;
  /** Where people find what they belong to. */
  readonly home: string;
  /** Whether nothing is wrong where nothing stands at one of them. */
  readonly isOptional: boolean;
  /** Those of the last time, without asking anybody. */
  restore(): Promise<readonly string[]>;
  /** Those of today. @throws SourceError; AbortError */
  find(question: RegistryQuestion): Promise<readonly string[]>;
  /** Forgets those of the last time. */
  forget(): Promise<void>;
}

/** One address, which must be there. */
export function onlyUrl(url: string): RegisteredUrls {
  return {
    identity: url,
    home: url,
    isOptional: false,
    restore: () => Promise.resolve([url]),
    find: () => Promise.resolve([url]),
    forget: () => Promise.resolve(),
  };
}
