import type { SourceHttp } from '../../src/core/sources';

const refuse = (): Promise<never> => Promise.reject(new Error('Nobody is asked by HTTP'));

/** For what asks other machines in other ways, or not at all. */
export const noHttp: SourceHttp = { send: refuse, stream: refuse };
