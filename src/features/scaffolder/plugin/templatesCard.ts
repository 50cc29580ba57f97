import type { CardContent, HomeCard, ScaffolderService, TemplateSummary } from '../../../api';
import type { Translate } from '../../../base';
import { iconOf, ownerOf } from './templateRows';

/** More than these nobody reads on a home page; the command has all of them. */
const MOST = 10;

/** What can be made, on the home page: the catalog's own templates before those that come with Callboard. */
export function templatesCard(
  scaffolder: Pick<ScaffolderService, 'getTemplates' | 'onDidChange'>,
  translate: Translate,
): HomeCard {
  return {
    id: 'scaffolder.templates',
    title: translate('Templates'),
    icon: 'wand',
    order: 70,
    onDidChange: scaffolder.onDidChange,
    load: async () => contentOf(await scaffolder.getTemplates(), translate),
  };
}

function contentOf(templates: readonly TemplateSummary[], translate: Translate): CardContent {
  const first = [...templates].sort((a, b) => Number(a.isShipped) - Number(b.isShipped));
  const links = first.slice(0, MOST).map(template => ({
    text: template.title,
    icon: iconOf(template.type),
    description: [template.type, ownerOf(template)].filter(Boolean).join(' · '),
    target: {
      type: 'command' as const,
      command: 'callboard.templates.start',
      arguments: [template.ref],
    },
  }));
  const more = templates.length - links.length;
  const all = {
    text: translate('{0} more…', more),
    icon: 'ellipsis',
    target: { type: 'command' as const, command: 'callboard.templates.choose' },
  };
  const runs = {
    text: translate('Runs of Templates'),
    icon: 'history',
    target: { type: 'page' as const, page: { page: 'tasks' as const } },
  };
  return {
    type: 'links',
    links: links.length > 0 ? [...links, ...(more > 0 ? [all] : []), runs] : [],
    empty: translate('Templates of the catalog are listed here: what they make begins well.'),
  };
}
