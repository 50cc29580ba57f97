import {
  type CardContent,
  type CardField,
  type Entity,
  entityAnnotation,
  type EntityCard,
  findTechDocsPage,
  hasDocs,
  isSafeUrl,
  type LinkTarget,
  readEntityRef,
  readPlaceInDocs,
  refOf,
  stringifyEntityRef,
  TECHDOCS_ENTITY,
  TECHDOCS_REF,
  type TechDocsService,
  type TechDocsSite,
} from '../../../../api';
import type { CardDeps } from './pieces';

export interface DocsDeps extends CardDeps {
  readonly techdocs: TechDocsService;
  /** Returns the display path of a file URI. */
  readonly filePath: (uri: string) => string;
}

/** Docs of an entity, or a message with the next step. */
export function docsCard(deps: DocsDeps): EntityCard {
  const { translate } = deps;
  return {
    id: 'portal.docs',
    title: translate('Documentation'),
    icon: 'book',
    tab: 'docs',
    width: 'full',
    isShownFor: entity =>
      hasDocs(entity) || !['user', 'group', 'location'].includes(entity.kind.toLowerCase()),
    load: (entity, options) =>
      hasDocs(entity)
        ? existingDocs(entity, deps, options)
        : missingDocs(entity, deps, options.signal),
  };
}

interface LoadOptions {
  readonly signal: AbortSignal;
  readonly anchor?: string;
}

async function existingDocs(
  entity: Entity,
  deps: DocsDeps,
  { signal, anchor }: LoadOptions,
): Promise<CardContent> {
  const { techdocs, translate } = deps;
  const docs = await findEntityDocs(entity, { techdocs, signal });
  if (!docs) return missingDocs(entity, deps, signal);
  const { site, instanceSite, path } = docs;
  if (site && site.origin !== 'readme') {
    const gone = anchor === undefined ? undefined : readPlaceInDocs(anchor);
    return { type: 'docs', site: site.id, ...(gone ?? (await startPage(docs, deps, signal))) };
  }
  if (instanceSite !== undefined) {
    const gone = anchor === undefined ? undefined : readPlaceInDocs(anchor);
    return { type: 'docs', site: instanceSite, ...(gone ?? { path }) };
  }
  const open = {
    text: translate('Open Docs'),
    target: {
      type: 'command',
      command: 'callboard.entity.openDocs',
      arguments: [refOf(entity)],
    },
  } as const;
  const summary: CardContent =
    docs.url !== undefined
      ? { type: 'message', tone: 'good', text: translate('This entity has docs.'), actions: [open] }
      : {
          type: 'message',
          tone: 'warning',
          text: translate("Can't find the docs that this entity refers to."),
          actions: site ? [readmeAction(site.id, deps)] : [],
        };
  return {
    type: 'sections',
    sections: [{ content: summary }, { content: { type: 'fields', fields: fields(docs, deps) } }],
  };
}

/** Start page of shared docs, if the entity sets one. */
async function startPage(
  { path, site }: EntityDocs,
  { techdocs }: DocsDeps,
  signal: AbortSignal,
): Promise<{ readonly path?: string }> {
  const content = path && site && (await techdocs.loadContent(site.id, { signal }));
  const page = content ? findTechDocsPage(content, path) : undefined;
  return page ? { path: page.path } : {};
}

function fields(docs: EntityDocs, deps: DocsDeps): readonly CardField[] {
  const { translate } = deps;
  const { sharedFrom, written, url, site } = docs;
  const when = (label: string, value: CardField['value'] | undefined): readonly CardField[] =>
    value ? [{ label, value, wide: true }] : [];
  return [
    ...when(
      translate('Docs From'),
      sharedFrom === undefined ? undefined : [{ type: 'entity', entityRef: sharedFrom }],
    ),
    { label: TECHDOCS_REF, value: written === undefined ? [] : [code(written)] },
    ...when(
      translate('URL'),
      url === undefined || !isSafeUrl(url)
        ? undefined
        : [{ type: 'link', text: url, target: { type: 'url', url } }],
    ),
    ...when(translate('Site Configuration'), site && folderOf(site, deps)),
  ];
}

/** A folder that has only a README. */
function folderOf({ folder }: TechDocsSite, { translate, filePath }: DocsDeps): CardField['value'] {
  return [
    code(filePath(folder)),
    { type: 'text', text: translate('has no mkdocs.yml and no docs folder') },
  ];
}

async function missingDocs(
  entity: Entity,
  deps: DocsDeps,
  signal: AbortSignal,
): Promise<CardContent> {
  const { catalog, techdocs, translate } = deps;
  // Offers a README beside the descriptor.
  const location = await techdocs.locate(refOf(entity), { signal });
  const source = catalog.getEntitySource(refOf(entity));
  return {
    type: 'message',
    tone: 'none',
    text: translate('This entity has no docs.'),
    detail: translate(
      'To add docs, create a docs folder with Markdown files beside the descriptor and add the annotation {0} to the entity.',
      `${TECHDOCS_REF}: dir:.`,
    ),
    actions: [
      ...(location?.type === 'site' ? [readmeAction(location.siteId, deps)] : []),
      ...(source
        ? [
            {
              text: translate('Add TechDocs'),
              target: {
                type: 'command',
                command: 'callboard.entity.addDocs',
                arguments: [refOf(entity)],
              },
            } as const,
            {
              text: translate('Open Descriptor'),
              target: { type: 'source', file: source.file, range: source.nameRange },
            } as const,
          ]
        : []),
    ],
  };
}

/** Link to a site that has only a README. */
function readmeAction(
  site: string,
  { translate }: DocsDeps,
): { readonly text: string; readonly target: LinkTarget } {
  return {
    text: translate('Open README'),
    target: { type: 'page', page: { page: 'docs', site } },
  };
}

function code(text: string): { readonly type: 'code'; readonly text: string } {
  return { type: 'code', text };
}

/** Documentation of an entity. */
interface EntityDocs {
  /** Full ref of the entity whose docs it shares. */
  readonly sharedFrom: string | undefined;
  /** Value of `techdocs-ref`. */
  readonly written: string | undefined;
  /** Web address of the docs. */
  readonly url: string | undefined;
  /** Start page, relative to the site; `''` for its first page. */
  readonly path: string;
  /** Site in the workspace. */
  readonly site: TechDocsSite | undefined;
  /** Id of a site built by a Backstage. */
  readonly instanceSite: string | undefined;
}

/** Undefined if the entity has no docs annotation. */
async function findEntityDocs(
  entity: Entity,
  { techdocs, signal }: { readonly techdocs: TechDocsService; readonly signal: AbortSignal },
): Promise<EntityDocs | undefined> {
  const written = entityAnnotation(entity, TECHDOCS_REF);
  const shared = entityAnnotation(entity, TECHDOCS_ENTITY);
  if (written === undefined && shared === undefined) return undefined;
  const read = shared === undefined ? undefined : readEntityRef(shared);
  const location = await techdocs.locate(refOf(entity), { signal });
  const sites = location?.type === 'site' ? await techdocs.getSites({ signal }) : [];
  return {
    sharedFrom: read?.ok ? stringifyEntityRef(read.value) : undefined,
    written,
    url: location?.type === 'web' ? location.url : undefined,
    path: location && location.type !== 'web' ? location.path : '',
    instanceSite: location?.type === 'instance' ? location.siteId : undefined,
    site: sites.find(({ id }) => location?.type === 'site' && id === location.siteId),
  };
}
