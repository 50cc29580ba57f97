import {
  type CatalogService,
  codeText,
  type Entity,
  entityDescription,
  entityLifecycle,
  entityLinks,
  entityTags,
  entityTitle,
  entityType,
  escapeMarkdown,
  type FailedEntity,
  kindIcon,
  linkTarget,
  ownerRefs,
  type Problem,
  refOf,
  shortOwnerRef,
  type Translate,
} from '../../../../api';
import { problemsOfFailed } from './problemCounts';

/** Limits to fit on a screen; the Problems panel shows all problems. */
const MAX_PROBLEMS = 5;
const MAX_LINKS = 8;
const MAX_DESCRIPTION = 500;

export interface TooltipDeps {
  readonly catalog: CatalogService;
  readonly translate: Translate;
}

/**
 * Returns the Markdown tooltip of an entity, with codicons (`$(name)`). Text from descriptors is
 * escaped, so that it never becomes a link, image, icon or command. Links are those of
 * `entityLinks`.
 */
export function entityTooltip(entity: Entity, { catalog, translate }: TooltipDeps): string {
  const ref = refOf(entity);
  const lines = [
    `$(${kindIcon(entity.kind)}) **${escapeMarkdown(entityTitle(entity))}**`,
    `\`${codeText(ref)}\``,
  ];
  const description = entityDescription(entity);
  if (description !== undefined) lines.push(escapeMarkdown(shorten(description)));
  const type = entityType(entity);
  const owners = ownerRefs(entity).map(owner => {
    const known = catalog.getEntityByRef(owner);
    return known
      ? entityTitle(known)
      : `${shortOwnerRef(owner)} (${translate('not in the catalog')})`;
  });
  const lifecycle = entityLifecycle(entity);
  const tags = entityTags(entity);
  const facts = [
    fact(translate('Type'), type),
    fact(translate('Owner'), owners.join(', ')),
    fact(translate('Lifecycle'), lifecycle),
    fact(translate('Tags'), tags.join(', ')),
  ].filter(line => line !== undefined);
  if (facts.length) lines.push(facts.join('  \n'));
  const links = entityLinks(entity)
    .slice(0, MAX_LINKS)
    .map(({ url, title }) => `[${escapeMarkdown(title)}](${linkTarget(url)})`);
  if (links.length) lines.push(`$(link) ${links.join(' · ')}`);
  const problems = problemLines(catalog.getProblems({ entityRef: ref }), translate);
  if (problems.length) lines.push(`---\n\n${problems.join('\n\n')}`);
  return lines.join('\n\n');
}

/** Returns the tooltip of a missing entity that others refer to. */
export function danglingTooltip(ref: string, translate: Translate): string {
  return [
    `$(warning) **${escapeMarkdown(ref)}**`,
    translate('No entity in the catalog has this name.'),
  ].join('\n\n');
}

/** Returns the tooltip of an invalid descriptor, with its problems. */
export function failedTooltip(failed: FailedEntity, { catalog, translate }: TooltipDeps): string {
  const problems = problemsOfFailed(failed.source, catalog);
  return [
    `$(error) **${escapeMarkdown(failed.name ?? translate('Unnamed'))}**`,
    translate('Not in the catalog, because the descriptor has errors.'),
    ...problemLines(problems, translate),
  ].join('\n\n');
}

function problemLines(problems: readonly Problem[], translate: Translate): string[] {
  const lines = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ severity, message }) => `$(${severityIcon(severity)}) ${escapeMarkdown(message)}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(translate('{0} more in the Problems panel', more));
  return lines;
}

function severityIcon(severity: Problem['severity']): string {
  return severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'info';
}

function fact(label: string, value: string | undefined): string | undefined {
  return value ? `${escapeMarkdown(label)}: ${escapeMarkdown(value)}` : undefined;
}

function shorten(text: string): string {
  return text.length > MAX_DESCRIPTION ? `${text.slice(0, MAX_DESCRIPTION).trimEnd()}…` : text;
}
