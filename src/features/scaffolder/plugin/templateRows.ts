import {
  type CardContent,
  type HomeCard,
  parseEntityRef,
  type ScaffolderService,
  shortenEntityRef,
  templateIcon,
  type TemplateSummary,
  type Translate,
} from '../../../api';

/** A row of the Templates view. Its id is stable, so that it stays selected. */
export type TemplateNode =
  | { readonly type: 'template'; readonly id: string; readonly template: TemplateSummary }
  /** Templates that ship with Callboard. */
  | {
      readonly type: 'shipped';
      readonly id: string;
      readonly templates: readonly TemplateSummary[];
    };

/** Presentation of a row. */
export interface TemplatePresentation {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly contextValue: string;
}

/** Rows of the view: the catalog's templates, followed by a group of those that ship with Callboard. */
export function templateRows(
  templates: readonly TemplateSummary[],
  parent?: TemplateNode,
): readonly TemplateNode[] {
  if (parent) return parent.type === 'shipped' ? parent.templates.map(rowOf) : [];
  const shipped = templates.filter(({ isShipped }) => isShipped);
  const own = templates.filter(({ isShipped }) => !isShipped).map(rowOf);
  return shipped.length > 0
    ? [...own, { type: 'shipped', id: 'shipped', templates: shipped }]
    : own;
}

function rowOf(template: TemplateSummary): TemplateNode {
  return { type: 'template', id: template.ref, template };
}

export function presentTemplate(node: TemplateNode, translate: Translate): TemplatePresentation {
  if (node.type === 'shipped') {
    return {
      label: translate('Included with Callboard'),
      description: String(node.templates.length),
      tooltip: translate('Templates included with Callboard'),
      icon: 'package',
      contextValue: 'shipped',
    };
  }
  const { title, type, description, ref, isShipped, instance, plugin } = node.template;
  return {
    label: title,
    description: [type, ownerOf(node.template), instance?.name, plugin].filter(Boolean).join(' · '),
    tooltip: [
      description,
      ref,
      instance && translate('Runs on {0}', instance.name),
      plugin !== undefined && translate('From the plugin {0}', plugin),
    ]
      .filter(Boolean)
      .join('\n'),
    icon: templateIcon(type),
    contextValue: isShipped || plugin !== undefined ? 'template' : 'template entity',
  };
}

/** Short name of a template's owner. Empty for templates that ship with Callboard. */
export function ownerOf({ owner, isShipped }: TemplateSummary): string {
  return owner === undefined || isShipped
    ? ''
    : shortenEntityRef(parseEntityRef(owner), { defaultKind: 'group' });
}

/** Templates in a section of the picker. */
export interface TemplateChoice {
  readonly section: 'recent' | 'own' | 'all' | 'shipped';
  readonly templates: readonly TemplateSummary[];
}

/**
 * Orders templates by section: recently used, owned by the user's teams, all others, and those that ship with
 * Callboard. Each appears once.
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

/** Maximum number of templates on the home page. */
const MOST = 10;

/** Card of templates for the home page. The catalog's templates come before those that ship with Callboard. */
export function templatesCard(
  scaffolder: Pick<ScaffolderService, 'getTemplates' | 'onDidChange'>,
  translate: Translate,
): HomeCard {
  return {
    id: 'scaffolder.templates',
    title: translate('Templates'),
    icon: 'wand',
    order: 40,
    onDidChange: scaffolder.onDidChange,
    load: async () => contentOf(await scaffolder.getTemplates(), translate),
  };
}

function contentOf(
  templates: readonly TemplateSummary[],
  translate: Translate,
): CardContent | undefined {
  if (templates.length === 0) return undefined;
  const first = [...templates].sort((a, b) => Number(a.isShipped) - Number(b.isShipped));
  const links = first.slice(0, MOST).map(template => ({
    text: template.title,
    icon: templateIcon(template.type),
    description: [template.type, ownerOf(template)].filter(Boolean).join(' · '),
    target: {
      type: 'command' as const,
      command: 'callboard.templates.start',
      arguments: [template.ref],
    },
  }));
  const all = {
    text: translate('All {0} templates', templates.length),
    icon: 'ellipsis',
    target: { type: 'page' as const, page: { page: 'create' as const } },
  };
  const runs = {
    text: translate('Template Runs'),
    icon: 'history',
    target: { type: 'page' as const, page: { page: 'tasks' as const } },
  };
  return { type: 'links', links: [...links, ...(templates.length > MOST ? [all] : []), runs] };
}
