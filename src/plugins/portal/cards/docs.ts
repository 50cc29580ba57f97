import type {
  CardContent,
  CardField,
  CatalogService,
  EntityCard,
  LinkTarget,
  TechDocsService,
  TechDocsSite,
} from '../../../api';
import type { Translate } from '../../../base';
import type { Entity } from '../../../model';
import { hasDocs, isSafeUrl, refOf } from '../../../model/presentation';
import { type EntityDocs, findEntityDocs } from '../entityDocs';

export interface DocsDeps {
  readonly catalog: CatalogService;
  readonly techdocs: TechDocsService;
  readonly translate: Translate;
  /** The path of a file as people know it. */
  readonly filePath: (uri: string) => string;
}

/** What there is of an entity's documentation, and the way to it. */
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
    load: (entity, { signal }) =>
      hasDocs(entity) ? found(entity, deps, signal) : nothing(entity, deps, signal),
  };
}

async function found(entity: Entity, deps: DocsDeps, signal: AbortSignal): Promise<CardContent> {
  const { techdocs } = deps;
  const docs = await findEntityDocs(entity, { techdocs, signal });
  if (!docs) return nothing(entity, deps, signal);
  const { translate } = deps;
  const isThere = docs.url !== undefined || (docs.site && docs.site.origin !== 'readme');
  const open = {
    text: translate('Open Docs'),
    target: {
      type: 'command',
      command: 'callboard.entity.openDocs',
      arguments: [refOf(entity)],
    },
  } as const;
  const verdict: CardContent = isThere
    ? { type: 'message', tone: 'good', text: translate('This entity has docs.'), actions: [open] }
    : {
        type: 'message',
        tone: 'warning',
        text: translate('The docs that this entity names were not found.'),
        actions: docs.site ? [readme(docs.site.id, deps)] : [],
      };
  return {
    type: 'sections',
    sections: [{ content: verdict }, { content: { type: 'fields', fields: fields(docs, deps) } }],
  };
}

function fields(docs: EntityDocs, deps: DocsDeps): readonly CardField[] {
  const { translate } = deps;
  const { sharedFrom, written, url, site } = docs;
  const when = (label: string, value: CardField['value'] | undefined): readonly CardField[] =>
    value ? [{ label, value, wide: true }] : [];
  return [
    ...when(
      translate('Shared From'),
      sharedFrom === undefined ? undefined : [{ type: 'entity', entityRef: sharedFrom }],
    ),
    { label: 'backstage.io/techdocs-ref', value: written === undefined ? [] : [code(written)] },
    ...when(
      translate('Address'),
      url === undefined || !isSafeUrl(url)
        ? undefined
        : [{ type: 'link', text: url, target: { type: 'url', url } }],
    ),
    ...when(translate('Configuration of the Site'), site && configOf(site, deps)),
  ];
}

function configOf(
  { config, folder, origin }: TechDocsSite,
  { translate, filePath }: DocsDeps,
): CardField['value'] {
  if (config !== undefined) {
    return [{ type: 'link', text: filePath(config), target: { type: 'source', file: config } }];
  }
  const text =
    origin === 'generated'
      ? translate('has no mkdocs.yml: TechDocs makes one for its folder docs')
      : translate('has neither a mkdocs.yml nor a folder docs');
  return [code(filePath(folder)), { type: 'text', text }];
}

async function nothing(entity: Entity, deps: DocsDeps, signal: AbortSignal): Promise<CardContent> {
  const { catalog, techdocs, translate } = deps;
  // What stands beside the descriptor is shown where there is nothing else.
  const location = await techdocs.locate(refOf(entity), { signal });
  const source = catalog.getEntitySource(refOf(entity));
  return {
    type: 'message',
    tone: 'none',
    text: translate('This entity has no docs.'),
    detail: translate(
      'Docs are Markdown files in a folder docs beside the descriptor, with the annotation {0} on the entity.',
      'backstage.io/techdocs-ref: dir:.',
    ),
    actions: [
      ...(location?.type === 'site' ? [readme(location.siteId, deps)] : []),
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
              text: translate('Open the Descriptor'),
              target: { type: 'source', file: source.file, range: source.nameRange },
            } as const,
          ]
        : []),
    ],
  };
}

/** The way to what is shown where a site has nothing but a README. */
function readme(
  site: string,
  { translate }: DocsDeps,
): { readonly text: string; readonly target: LinkTarget } {
  return {
    text: translate('Read the README'),
    target: { type: 'page', page: { page: 'docs', site } },
  };
}

function code(text: string): { readonly type: 'code'; readonly text: string } {
  return { type: 'code', text };
}
