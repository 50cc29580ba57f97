import { silentLogger } from '../../src/base';
import { CatalogEngine } from '../../src/features/catalog/core';
import type { BackstageSetup } from '../../src/features/catalog/core/configuredBackstage/config/backstageSetup';
import type { FileSystem } from '../../src/platform/core/ports';
import { TestClock } from './testClock';

/** Returns a setup with defaults for all that the case doesn't set. */
export function aSetup(setup: Partial<BackstageSetup>): BackstageSetup {
  return { configs: [], locations: [], aiModel: false, environment: new Map(), ...setup };
}

/** Returns the catalog of a Backstage with this setup, read once. */
export async function openBackstage(
  fileSystem: FileSystem,
  setup: Partial<BackstageSetup>,
): Promise<CatalogEngine> {
  const engine = new CatalogEngine({ fileSystem, clock: new TestClock(), logger: silentLogger });
  engine.setBackstage(aSetup(setup));
  await engine.refresh();
  return engine;
}
