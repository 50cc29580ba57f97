import type { TemplateSummary } from '../../../api';

/** Templates to choose from, under a heading. */
export interface TemplateChoice {
  readonly section: 'recent' | 'own' | 'all' | 'shipped';
  readonly templates: readonly TemplateSummary[];
}

/**
 * The order in which templates are offered: what was run lately, what the user's teams own, all others, and what
 * comes with Callboard. Each is there once.
 *
 * @param recent - refs, the latest first
 * @param owners - refs that count as the user
 */
export function orderTemplates(
  templates: readonly TemplateSummary[],
  { recent, owners }: { readonly recent: readonly string[]; readonly owners: readonly string[] },
): readonly TemplateChoice[] {
  const byRef = new Map(templates.map(template => [template.ref, template]));
  const isMine = ({ owner }: TemplateSummary): boolean =>
    owner !== undefined && owners.includes(owner);
  const lately = recent.flatMap(ref => byRef.get(ref) ?? []);
  const others = templates.filter(template => !lately.includes(template));
  const choices: readonly TemplateChoice[] = [
    { section: 'recent', templates: lately },
    { section: 'own', templates: others.filter(one => !one.isShipped && isMine(one)) },
    { section: 'all', templates: others.filter(one => !one.isShipped && !isMine(one)) },
    { section: 'shipped', templates: others.filter(one => one.isShipped) },
  ];
  return choices.filter(choice => choice.templates.length > 0);
}
