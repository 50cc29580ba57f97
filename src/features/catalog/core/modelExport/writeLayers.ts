import { stringify as stringifyYaml } from 'yaml';
import type { ExportedLayer } from './runModules';

/**
 * Writes each layer to a file that is named after it. Replaces files with these names; of two layers with one id, the
 * last is written.
 *
 * @returns the names of the files
 */
export async function writeLayers(
  layers: readonly ExportedLayer[],
  write: (name: string, content: Uint8Array) => Promise<void>,
): Promise<readonly string[]> {
  const files = namedFiles(layers);
  for (const [name, layer] of files) {
    await write(name, new TextEncoder().encode(stringifyYaml(layer)));
  }
  return [...files.keys()];
}

function namedFiles(layers: readonly ExportedLayer[]): ReadonlyMap<string, ExportedLayer> {
  const byId = new Map(layers.map(({ layerId, ops }) => [layerId, { layerId, ops }]));
  const files = new Map<string, ExportedLayer>();
  for (const [id, layer] of byId) {
    const base =
      id
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[.-]+/, '') || 'layer';
    let name = `${base}.yaml`;
    for (let count = 2; files.has(name); count++) name = `${base}-${count}.yaml`;
    files.set(name, layer);
  }
  return files;
}
