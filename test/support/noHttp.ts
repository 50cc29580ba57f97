import type { SourceHttp } from '../../src/features/sources/core';

const refuse = (): Promise<never> => Promise.reject(new Error('Nobody is asked by HTTP'));

/** HTTP client for code that makes no requests through it. */
export const noHttp: SourceHttp = { send: refuse, stream: refuse };
