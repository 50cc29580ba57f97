import type { CatalogService, FilesService } from '../../api';
import { dirnameUri, joinUri } from '../../base';
import {
  type Entity,
  type LocationRef,
  parseLocationRef,
  readEntityRef,
  stringifyEntityRef,
} from '../../model';
import { entityAnnotation, refOf, TECHDOCS_ENTITY, TECHDOCS_REF } from '../../model/presentation';

/** What is known of the documentation of an entity, before anything of it is built. */
export interface DocsSite {
  /** Full ref of another entity whose docs it shares. */
  readonly sharedFrom?: string;
  /** `techdocs-ref` as it is written. */
  readonly written?: string;
  /** Where the site is: a web page, or a folder (a URI). */
  readonly url?: string;
  readonly folder?: string;
  /** URI of the `mkdocs.yml` in the folder. */
  readonly config?: string;
  /** Whether the folder has a `docs` folder. */
  readonly hasPages?: boolean;
}

/** Where TechDocs looks for the site of an entity; undefined where the entity says nothing of docs. */
export async function findDocsSite(
  entity: Entity,
  { catalog, files }: { readonly catalog: CatalogService; readonly files: FilesService },
): Promise<DocsSite | undefined> {
  const shared = entityAnnotation(entity, TECHDOCS_ENTITY);
  const read = shared === undefined ? undefined : readEntityRef(shared);
  const sharedFrom = read?.ok ? stringifyEntityRef(read.value) : undefined;
  const documented = sharedFrom === undefined ? entity : catalog.getEntityByRef(sharedFrom);
  const written = documented && entityAnnotation(documented, TECHDOCS_REF);
  const said = {
    ...(sharedFrom !== undefined && { sharedFrom }),
    ...(written !== undefined && { written }),
  };
  const location = written === undefined ? undefined : locationIn(written);
  if (location?.type === 'url') return { ...said, url: location.target };
  const source = documented && catalog.getEntitySource(refOf(documented));
  if (location?.type !== 'dir' || !source) {
    return shared === undefined && written === undefined ? undefined : said;
  }
  const folder = joinUri(dirnameUri(source.file), location.target);
  const [config, hasPages] = await Promise.all([
    firstThere([joinUri(folder, 'mkdocs.yml'), joinUri(folder, 'mkdocs.yaml')], files),
    files.exists(joinUri(folder, 'docs')),
  ]);
  return { ...said, folder, hasPages, ...(config !== undefined && { config }) };
}

async function firstThere(
  uris: readonly string[],
  files: FilesService,
): Promise<string | undefined> {
  for (const uri of uris) if (await files.exists(uri)) return uri;
  return undefined;
}

function locationIn(written: string): LocationRef | undefined {
  try {
    return parseLocationRef(written);
  } catch {
    // The catalog tells of it.
    return undefined;
  }
}
