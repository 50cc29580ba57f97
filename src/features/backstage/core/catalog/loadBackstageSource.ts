import type { OpenBackstageSource } from '../../../sources/core';

/** Opens a Backstage source; its code is loaded with the first one. */
export const openBackstageSource: OpenBackstageSource = async (config, deps) =>
  (await import('./backstageSource')).openBackstageSource(config, deps);
