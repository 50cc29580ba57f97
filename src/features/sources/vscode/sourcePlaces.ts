import type { CatalogService, CatalogSourceInfo, CatalogSourcePlace } from '../../../api';
import { descriptorUrls } from '../../../model/presentation';

/** Returns the web page and repository of a source file, based on its entities. */
export function placeOf(
  file: string,
  source: Pick<CatalogSourceInfo, 'type' | 'url'>,
  catalog: Pick<CatalogService, 'getEntityRefsInFile' | 'getEntityVersions'>,
): CatalogSourcePlace {
  const [webPage] = catalog.getEntityRefsInFile(file).flatMap(ref =>
    catalog
      .getEntityVersions(ref)
      .filter(({ source: place }) => place?.file === file)
      .flatMap(({ entity }) => descriptorUrls(entity).view ?? []),
  );
  return {
    webPage,
    repository: source.type === 'git' ? source.url : webPage && repositoryOf(webPage),
  };
}

/** Returns the repository of a file's page on a forge; undefined for other pages. */
export function repositoryOf(page: string): string | undefined {
  const { origin, protocol, pathname } = new URL(page);
  if (protocol !== 'https:') return undefined;
  const [, repository] = /^(\/[^/]+\/.*?)(?:\/-)?\/(?:tree|blob|edit|src)\//.exec(pathname) ?? [];
  return repository === undefined ? undefined : `${origin}${repository}`;
}
