import {
  type CardContent,
  type Entity,
  type EntityCard,
  type FilesService,
  refOf,
} from '../../../../api';
import type { CardDeps } from './pieces';

export interface RawDeps extends CardDeps {
  readonly files: Pick<FilesService, 'readFile'>;
}

/** The descriptor as written, and the entity in the catalog. */
export function rawCard(deps: RawDeps): EntityCard {
  const { translate } = deps;
  return {
    id: 'portal.raw',
    title: translate('Raw'),
    icon: 'code',
    tab: 'raw',
    width: 'full',
    load: entity => content(entity, deps),
  };
}

async function content(entity: Entity, deps: RawDeps): Promise<CardContent> {
  const { catalog, translate } = deps;
  const [written, final, { entityYaml }] = await Promise.all([
    writtenText(entity, deps),
    catalog.loadEntity(refOf(entity)),
    import('./entityYaml'),
  ]);
  const whole = final ?? entity;
  return {
    type: 'choices',
    label: translate('Format'),
    choices: [
      ...(written
        ? [{ id: 'written', title: translate('Descriptor as Written'), content: written }]
        : []),
      {
        id: 'yaml',
        title: translate('Entity as YAML'),
        content: { type: 'code', language: 'yaml', text: entityYaml(whole) },
      },
      {
        id: 'json',
        title: translate('Entity as JSON'),
        content: { type: 'code', language: 'json', text: JSON.stringify(whole, undefined, 2) },
      },
    ],
  };
}

/** Text of the entity's document, in whole lines. */
async function writtenText(
  entity: Entity,
  { catalog, files }: RawDeps,
): Promise<CardContent | undefined> {
  const source = catalog.getEntitySource(refOf(entity));
  if (!source) return undefined;
  const { file, range } = source;
  const lines = new TextDecoder().decode(await files.readFile(file)).split(/\r\n|\r|\n/);
  const end = range.end.line + (range.end.character > 0 ? 1 : 0);
  let start = range.start.line;
  // Comments above a document belong to it.
  while (lines[start - 1]?.startsWith('#')) start--;
  return {
    type: 'code',
    language: 'yaml',
    text: lines.slice(start, end).join('\n'),
    firstLine: start,
    source: { type: 'source', file, range: source.nameRange },
  };
}
