import { emptyFileSystem } from '../../../../platform/core/files';
import type { UrlCatalog, UrlCatalogDeps } from '../configuredBackstage/urls/urlCatalog';
import { noModel } from '../modelLayers/modelData';
import { createIndexSession } from '../engine/catalogReading';
import { defaultCatalogOptions } from '../options';
import type { IndexSession } from '../workspace/catalogIndex';

export type { UrlCatalog, UrlCatalogDeps };

/**
 * Opens a catalog of registered addresses. Loaded on demand with the parser and the validators.
 *
 * @param session - undefined: without settings and plugins
 */
export async function openUrlCatalog(
  deps: UrlCatalogDeps,
  session: IndexSession = plainSession(),
): Promise<UrlCatalog> {
  const { UrlCatalog } = await import('../configuredBackstage/urls/urlCatalog');
  const { context } = await session.reader();
  return UrlCatalog.open(deps, context);
}

/** Returns the generated file with the registered locations. */
export async function urlCatalogFile(
  deps: Pick<UrlCatalogDeps, 'targets' | 'isOptional' | 'root'>,
): Promise<{ readonly uri: string; readonly text: string }> {
  const { locationsFile } = await import('../configuredBackstage/urls/urlCatalog');
  return locationsFile(deps);
}

function plainSession(): IndexSession {
  return createIndexSession({
    options: defaultCatalogOptions,
    processors: [],
    model: noModel,
    fileSystem: emptyFileSystem,
    backstage: undefined,
  });
}
