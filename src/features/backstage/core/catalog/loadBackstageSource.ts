import type { OpenBackstageSource } from '../../../sources/core';

/** Loads the source of a Backstage's catalog with the first one that is opened. */
export const openBackstageSource: OpenBackstageSource = async (config, deps) =>
  (await import('./backstageSource')).openBackstageSource(config, deps);
