import type { SourceHttp } from '../../src/features/sources/core';

const refuse = (): Promise<never> => Promise.reject(new Error('Nobody is asked by HTTP'));

/** For what asks other machines in other ways, or not at all. */
export const noHttp: SourceHttp = { send: refuse, stream: refuse };
