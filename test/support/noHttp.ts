import type { SourceHttp } from '../../src/features/sources/core';

const refuse = (): Promise<never> => Promise.reject(new Error('Nobody is asked by HTTP'));

/** For code that makes no HTTP requests, or makes them in other ways. */
export const noHttp: SourceHttp = { send: refuse, stream: refuse };
