import type { CatalogService, FilesService } from '../../api';
import { dirnameUri, isWithin, joinUri } from '../../base';
import { parseLocationRef, readEntityRef, stringifyEntityRef } from '../../model';
import {
  entityAnnotation,
  isSafeUrl,
  TECHDOCS_ENTITY,
  TECHDOCS_REF,
} from '../../model/presentation';

/** Where the documentation of an entity begins: a Markdown file (a URI), or a page of the web. */
export type DocsHome = { readonly page: string } | { readonly url: string };

/**
 * Finds the first page of an entity's documentation, as TechDocs does: in the `docs_dir` that the
 * mkdocs.yml of `techdocs-ref` names; a README stands in for an index.
 *
 * @returns undefined where there is none in the workspace
 */
export async function docsHome(
  ref: string,
  { catalog, files }: { readonly catalog: CatalogService; readonly files: FilesService },
): Promise<DocsHome | undefined> {
  const entity = catalog.getEntityByRef(ref);
  const other = entity && entityAnnotation(entity, TECHDOCS_ENTITY);
  const owner = other === undefined ? ref : fullRef(other);
  const documented = owner === undefined ? undefined : catalog.getEntityByRef(owner);
  const written = documented && entityAnnotation(documented, TECHDOCS_REF);
  const location = written === undefined ? undefined : readLocation(written);
  if (!location || owner === undefined) return undefined;
  if (location.type === 'url') {
    return isSafeUrl(location.target) ? { url: location.target } : undefined;
  }
  const source = catalog.getEntitySource(owner);
  if (location.type !== 'dir' || !source) return undefined;
  const site = joinUri(dirnameUri(source.file), location.target);
  for (const page of await candidates(site, files)) {
    if (await files.exists(page)) return { page };
  }
  return undefined;
}

async function candidates(site: string, files: FilesService): Promise<readonly string[]> {
  const written = joinUri(site, await docsFolder(site, files));
  // What a config says stays in its site.
  const docs = isWithin(site, written) ? written : joinUri(site, 'docs');
  return [
    joinUri(docs, 'index.md'),
    joinUri(docs, 'README.md'),
    joinUri(site, 'README.md'),
    joinUri(site, 'readme.md'),
  ];
}

async function docsFolder(site: string, files: FilesService): Promise<string> {
  for (const name of ['mkdocs.yml', 'mkdocs.yaml']) {
    const uri = joinUri(site, name);
    if (!(await files.exists(uri))) continue;
    const text = new TextDecoder().decode(await files.readFile(uri));
    return /^docs_dir:[ \t]*["']?([^"'#\r\n]+)/m.exec(text)?.[1]?.trim() || 'docs';
  }
  return 'docs';
}

function readLocation(written: string): { type: string; target: string } | undefined {
  try {
    return parseLocationRef(written);
  } catch {
    // The catalog tells of it.
    return undefined;
  }
}

function fullRef(written: string): string | undefined {
  const read = readEntityRef(written);
  return read.ok ? stringifyEntityRef(read.value) : undefined;
}
