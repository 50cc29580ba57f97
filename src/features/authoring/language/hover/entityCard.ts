import { codeText, compareCodeUnits } from '../../../../base';
import type { CatalogEntity, CatalogView } from '../catalogView';
import { DependentsCounter } from '../entities/dependents';
import { actionsFor, commandLink, fileLink } from '../entities/entityActions';
import { entityLink, markdownText, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';

interface CountRow {
  /** The relation of the entity that is counted for. */
  readonly type: string;
  readonly one: string;
  readonly many: string;
}

/** Relations that are counted, in the order they are shown. */
const rows: readonly CountRow[] = [
  { type: 'apiConsumedBy', one: 'consumer', many: 'consumers' },
  { type: 'apiProvidedBy', one: 'provider', many: 'providers' },
  { type: 'providesApi', one: 'API', many: 'APIs' },
  { type: 'hasPart', one: 'part', many: 'parts' },
  { type: 'ownerOf', one: 'owned entity', many: 'owned entities' },
  { type: 'hasMember', one: 'member', many: 'members' },
  { type: 'parentOf', one: 'child group', many: 'child groups' },
];

/** Numbers of an entity's relations, such as `2 consumers` and `2 APIs`. Dependents are counted by `DependentsCounter`. */
function relationCounts(ref: string, catalog: CatalogView): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of catalog.relations(ref)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return rows.flatMap(({ type, one, many }) => {
    const count = counts.get(type);
    return count === undefined ? [] : [`${count} ${count === 1 ? one : many}`];
  });
}

const MAX_DESCRIPTION = 500;
const MAX_TAGS = 20;
/** Owners and systems: nearly always one. */
const MAX_TARGETS = 5;

/**
 * What is known of an entity, as Markdown. What comes out of descriptors is not trusted: it shows as
 * text, never as a link, an image, an icon or a command.
 */
export async function entityCard(
  entity: CatalogEntity,
  context: LanguageContext,
  signal: AbortSignal,
): Promise<string> {
  const { ref, kind, description } = entity;
  const escaped = (text: string): string => markdownText(text, context);
  const dependents = await new DependentsCounter(context.catalog, signal).summaryOf(ref);
  const facts = [
    fact('Type', entity.type && escaped(entity.type)),
    fact('Lifecycle', entity.lifecycle && escaped(entity.lifecycle)),
    fact('Owner', targetsOf('ownedBy', entity, context)),
    fact(partLabel(kind), targetsOf('partOf', entity, context)),
    fact('Dependents', dependents === 'none' ? undefined : dependents),
    fact('Tags', entity.tags?.slice(0, MAX_TAGS).map(escaped).join(', ')),
  ].filter(line => line !== undefined);
  return [
    `**${escaped(titleOf(entity))}** (${escaped(kind)})`,
    `\`${codeText(ref)}\``,
    description?.trim() && escaped(shortened(description)),
    facts.join('  \n'),
    relationCounts(ref, context.catalog).join(' · '),
    links(entity, context).join(' · '),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function links(entity: CatalogEntity, context: LanguageContext): readonly string[] {
  if (context.commands) {
    return actionsFor(entity, context).map(
      ({ title, command }) => `[${title}](${commandLink(command, entity.ref)})`,
    );
  }
  const target = fileLink(entity.ref, context);
  return target ? [`[Open definition](${target})`] : [];
}

function targetsOf(type: string, { ref }: CatalogEntity, context: LanguageContext): string {
  return context.catalog
    .relations(ref)
    .flatMap(relation => (relation.type === type ? [relation.targetRef] : []))
    .sort(compareCodeUnits)
    .slice(0, MAX_TARGETS)
    .map(target => entityLink(target, context))
    .join(', ');
}

function partLabel(kind: string): string {
  return ['system', 'domain'].includes(kind.toLowerCase()) ? 'Domain' : 'Part of';
}

function fact(label: string, value: string | undefined): string | undefined {
  return value ? `${label}: ${value}` : undefined;
}

function shortened(text: string): string {
  return text.length > MAX_DESCRIPTION ? `${text.slice(0, MAX_DESCRIPTION).trimEnd()}…` : text;
}
