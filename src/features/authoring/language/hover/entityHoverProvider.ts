import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { codeText, compareCodeUnits, translate, translateCount } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import type { CatalogEntity, CatalogView } from '../catalogView';
import type { RefField, WrittenRef } from '../descriptors/writtenRefs';
import type { YamlText } from '../documents/yamlText';
import { DependentsCounter } from '../entities/dependents';
import { actionsFor, commandLink, fileLink, lineLink } from '../entities/entityActions';
import { entityLink, markdownText, titleOf } from '../entities/markdown';
import type { LanguageContext, LanguageProvider, TextRequest } from '../languageProvider';
import { type Mention, mentionAt, refParts } from '../mentions/mention';
import { declarationsOf } from '../mentions/places';

/** Shows cards of entities on refs and on the entities' names. */
export const entityHoverProvider: LanguageProvider = {
  async hover({ context, text, offset, signal }): Promise<Hover | undefined> {
    const mention = mentionAt(text, offset, context.catalog.kinds);
    const value = mention && (await contentsOf(mention, { text, context, signal }));
    if (!value) return undefined;
    const { start, end } = mention.scalar;
    return { contents: { kind: MarkupKind.Markdown, value }, range: text.rangeAt(start, end) };
  },
};

async function contentsOf(
  mention: Mention,
  { text, context, signal }: TextRequest,
): Promise<string | undefined> {
  const { ref, written } = mention;
  const entity = context.catalog.get(ref);
  if (!entity) {
    if (!written) return undefined;
    return mention.descriptor.isTemplated ? undefined : danglingRefCard(written, context);
  }
  const card = await entityCard(entity, context, signal);
  const winner = written ? undefined : winnerOver(mention, text, context);
  return winner === undefined ? card : `${card}\n\n${winner}`;
}

/** Returns the winner if another document also declares the entity of this name. */
function winnerOver(
  { ref, placed }: Mention,
  text: YamlText,
  context: LanguageContext,
): string | undefined {
  const [first] = declarationsOf(ref, { context, text });
  if (!first || (first.file === text.uri && first.document === placed.index)) return undefined;
  return translate(
    '[Another document]({0}) also defines this entity and takes precedence.',
    lineLink(first),
  );
}

/** Returns a card for a ref without a target: its meaning and suggestions. */
function danglingRefCard(
  { scalar, field, target, targetRef }: WrittenRef,
  context: LanguageContext,
): string | undefined {
  if (!target || targetRef === undefined) return undefined;
  const { catalog } = context;
  if (!catalog.isReady) {
    return `\`${codeText(targetRef)}\`\n\n${translate('The catalog is still loading.')}`;
  }
  const [failed] = catalog.failed(targetRef);
  if (failed) {
    return translate(
      '`{0}` is not in the catalog: [its descriptor]({1}) has errors.',
      codeText(targetRef),
      lineLink(failed),
    );
  }
  const nearest = catalog.nearest(target, field).map(suggestion => {
    const read = readEntityRef(suggestion, field);
    const found = read.ok ? stringifyEntityRef(read.value) : suggestion;
    return `- \`${codeText(suggestion)}\`: ${entityLink(found, context)}`;
  });
  return [
    translate('`{0}` is not in the catalog.', codeText(targetRef)),
    meaningOf(scalar.value, field),
    nearest.length && `${translate('Did you mean:')}\n\n${nearest.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Explains the defaults of a partial ref; undefined for a full one. */
function meaningOf(
  ref: string,
  { field, defaultKind, defaultNamespace }: RefField,
): string | undefined {
  const { kind, namespace } = refParts(ref);
  const place = `\`${codeText(field)}\``;
  const ofKind =
    !kind &&
    defaultKind !== undefined &&
    translate('A ref in {0} without a kind means a `{1}`.', place, codeText(defaultKind));
  const isAnnotation = field.startsWith('metadata.annotations.');
  const inNamespace =
    !namespace &&
    (isAnnotation
      ? translate('Without a namespace, it means `{0}`.', codeText(defaultNamespace))
      : translate(
          'Without a namespace, it means the namespace of its own entity, `{0}`.',
          codeText(defaultNamespace),
        ));
  return [ofKind, inNamespace].filter(Boolean).join(' ') || undefined;
}

/** Counted relations, in the displayed order. */
const rows = [
  ['apiConsumedBy', { one: '{0} consumer', other: '{0} consumers' }],
  ['apiProvidedBy', { one: '{0} provider', other: '{0} providers' }],
  ['providesApi', { one: '{0} API', other: '{0} APIs' }],
  ['hasPart', { one: '{0} part', other: '{0} parts' }],
  ['ownerOf', { one: '{0} owned entity', other: '{0} owned entities' }],
  ['hasMember', { one: '{0} member', other: '{0} members' }],
  ['parentOf', { one: '{0} child group', other: '{0} child groups' }],
] as const;

/**
 * Numbers of an entity's relations, such as `2 consumers` and `2 APIs`. Dependents are counted by `DependentsCounter`.
 */
function relationCounts(ref: string, catalog: CatalogView): readonly string[] {
  const counts = new Map<string, number>();
  for (const { type } of catalog.relations(ref)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return rows.flatMap(([type, forms]) => {
    const count = counts.get(type);
    return count === undefined ? [] : [translateCount(count, forms)];
  });
}

const MAX_DESCRIPTION = 500;
const MAX_TAGS = 20;
/** The maximum number of owners and systems; there is nearly always one. */
const MAX_TARGETS = 5;

/**
 * Returns a card of an entity as Markdown. Descriptors are untrusted, so their content is shown as text, never as a
 * link, image, icon or command.
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
    fact(translate('Type'), entity.type && escaped(entity.type)),
    fact(translate('Lifecycle'), entity.lifecycle && escaped(entity.lifecycle)),
    fact(translate('Owner'), targetsOf('ownedBy', entity, context)),
    fact(partLabel(kind), targetsOf('partOf', entity, context)),
    fact(translate('Dependents'), dependents === 'none' ? undefined : dependents),
    fact(translate('Tags'), entity.tags?.slice(0, MAX_TAGS).map(escaped).join(', ')),
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
  return target ? [`[${translate('Open definition')}](${target})`] : [];
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
  return ['system', 'domain'].includes(kind.toLowerCase())
    ? translate('Domain')
    : translate('Part of');
}

function fact(label: string, value: string | undefined): string | undefined {
  return value ? `${label}: ${value}` : undefined;
}

function shortened(text: string): string {
  return text.length > MAX_DESCRIPTION ? `${text.slice(0, MAX_DESCRIPTION).trimEnd()}…` : text;
}
