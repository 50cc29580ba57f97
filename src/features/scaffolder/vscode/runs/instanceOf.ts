import type { CatalogSources, TemplateInstance } from '../../../../api';

/** The Backstage whose catalog a file (a URI) is a copy of; undefined for files of anything else. */
export function instanceOf(
  file: string,
  sources: Pick<CatalogSources, 'getSourceOf'>,
): TemplateInstance | undefined {
  const source = sources.getSourceOf(file);
  if (source?.type !== 'backstage') return undefined;
  const { id, name, url } = source;
  return { id, name, url };
}
