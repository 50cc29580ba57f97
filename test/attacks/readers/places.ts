import { silentLogger } from '../../../src/base';
import { InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import {
  openCatalog,
  type TestCatalog,
  type TestCatalog as Catalog,
} from '../../support/testCatalog';
import { CANARY } from '../attack';

export const { signal: never } = new AbortController();

export const ENVIRONMENT: ReadonlyMap<string, string> = new Map([['CALLBOARD_CANARY', CANARY]]);

/** Files at `/work`, and `/secret`, which they must not reach, also not by the link `/work/out`. */
export function filesAt(files: Readonly<Record<string, string | Uint8Array>>): InMemoryFileSystem {
  const fileSystem = new InMemoryFileSystem();
  for (const [path, content] of Object.entries(files)) fileSystem.write(`/work/${path}`, content);
  fileSystem.write('/secret', `a: ${CANARY}\n# ${CANARY}`);
  fileSystem.write('/secret.yaml', `site_name: ${CANARY}\n`);
  fileSystem.link('/work/out', '/secret');
  fileSystem.link('/work/loop', '/work/loop');
  return fileSystem;
}

/** Catalog of such files. */
export async function catalogOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: ConstructorParameters<typeof Catalog>[0] = {},
): Promise<TestCatalog> {
  return openCatalog({}, { fileSystem: filesAt(files), logger: silentLogger, ...options });
}

export async function readCatalog(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: ConstructorParameters<typeof Catalog>[0] = {},
): Promise<unknown> {
  const catalog = await catalogOf(files, options);
  const { engine } = catalog;
  await engine.whenInspected();
  return {
    entities: engine.getEntities(),
    relations: catalog.refs().map(ref => catalog.relations(ref)),
    problems: catalog.problems(),
  };
}
