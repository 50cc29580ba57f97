import type {
  CardContent,
  CardField,
  CatalogService,
  EntityCard,
  FilesService,
} from '../../../api';
import type { Translate } from '../../../base';
import type { Entity } from '../../../model';
import { hasDocs, isSafeUrl, refOf } from '../../../model/presentation';
import { type DocsSite, findDocsSite } from '../docsSite';

export interface DocsDeps {
  readonly catalog: CatalogService;
  readonly files: FilesService;
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
    load: entity => (hasDocs(entity) ? found(entity, deps) : nothing(entity, deps)),
  };
}

async function found(entity: Entity, deps: DocsDeps): Promise<CardContent> {
  const site = await findDocsSite(entity, deps);
  if (!site) return nothing(entity, deps);
  const { translate } = deps;
  const isThere = Boolean(site.url ?? site.config) || site.hasPages === true;
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
      };
  return {
    type: 'sections',
    sections: [{ content: verdict }, { content: { type: 'fields', fields: fields(site, deps) } }],
  };
}

function fields(site: DocsSite, { translate, filePath }: DocsDeps): readonly CardField[] {
  const { sharedFrom, written, url, folder, config, hasPages } = site;
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
    ...when(
      translate('Configuration of the Site'),
      folder === undefined
        ? undefined
        : config === undefined
          ? [
              code(filePath(folder)),
              {
                type: 'text',
                text: hasPages
                  ? translate('has no mkdocs.yml: TechDocs makes one for its folder docs')
                  : translate('has neither a mkdocs.yml nor a folder docs'),
              },
            ]
          : [{ type: 'link', text: filePath(config), target: { type: 'source', file: config } }],
    ),
  ];
}

function nothing(entity: Entity, { catalog, translate }: DocsDeps): CardContent {
  const source = catalog.getEntitySource(refOf(entity));
  return {
    type: 'message',
    tone: 'none',
    text: translate('This entity has no docs.'),
    detail: translate(
      'Docs are Markdown files in a folder docs beside the descriptor, with the annotation {0} on the entity.',
      'backstage.io/techdocs-ref: dir:.',
    ),
    ...(source && {
      actions: [
        {
          text: translate('Open the Descriptor'),
          target: { type: 'source', file: source.file, range: source.nameRange },
        },
      ],
    }),
  };
}

function code(text: string): { readonly type: 'code'; readonly text: string } {
  return { type: 'code', text };
}
