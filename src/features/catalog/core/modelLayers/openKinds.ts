import type { CustomKind } from '../../../../model';
import { KindRegistry } from '../../../../model/validation';
import { kindValidators } from '../customKinds/loadCustomKinds';
import type { ModelData } from './modelData';

interface OpenKindsOptions {
  readonly customKinds: readonly CustomKind[];
  readonly aiModel?: boolean;
}

let latest: { readonly key: string; readonly kinds: Promise<KindRegistry> } | undefined;

/** Returns the kinds of a model, again only if something changed. */
export function openKinds(data: ModelData, options: OpenKindsOptions): Promise<KindRegistry> {
  const key = JSON.stringify([data, options]);
  if (latest?.key !== key) latest = { key, kinds: createKinds(data, options) };
  return latest.kinds;
}

async function createKinds(
  data: ModelData,
  { customKinds, aiModel = true }: OpenKindsOptions,
): Promise<KindRegistry> {
  const validators = await kindValidators(data.schemas);
  let kinds: KindRegistry;
  if (data.layers.length) {
    // Loaded on demand: most catalogs have no layers, and Backstage's own model is large.
    const { kindsOfLayers } = await import('./layeredKinds');
    kinds = await kindsOfLayers(data, { customKinds, aiModel });
  } else kinds = KindRegistry.builtin({ aiModel });
  return kinds.withCustomKinds(customKinds, validators);
}
