import type { TemplateSummary } from '../../../api';
import type { Translate } from '../../../base';
import { parseEntityRef, shortenEntityRef } from '../../../model';

/** A row of the Templates view. The same row keeps its id, so that it stays selected. */
export type TemplateNode =
  | { readonly type: 'template'; readonly id: string; readonly template: TemplateSummary }
  /** Those that come with Callboard. */
  | {
      readonly type: 'shipped';
      readonly id: string;
      readonly templates: readonly TemplateSummary[];
    };

/** What a row looks like. */
export interface TemplatePresentation {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly contextValue: string;
}

/** The rows of the view: the catalog's own templates, and below one row those that come with Callboard. */
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
      label: translate('Come with Callboard'),
      description: String(node.templates.length),
      tooltip: translate('Templates to begin with, and to make own ones of'),
      icon: 'package',
      contextValue: 'shipped',
    };
  }
  const { title, type, description, ref, isShipped, instance } = node.template;
  return {
    label: title,
    description: [type, ownerOf(node.template), instance?.name].filter(Boolean).join(' · '),
    tooltip: [description, ref, instance && translate('Runs on {0}', instance.name)]
      .filter(Boolean)
      .join('\n'),
    icon: iconOf(type),
    contextValue: isShipped ? 'template' : 'template entity',
  };
}

/** Who owns a template, as briefly as that can be said; empty for what comes with Callboard. */
export function ownerOf({ owner, isShipped }: TemplateSummary): string {
  return owner === undefined || isShipped
    ? ''
    : shortenEntityRef(parseEntityRef(owner), { defaultKind: 'group' });
}

const ICONS: ReadonlyMap<string, string> = new Map([
  ['documentation', 'book'],
  ['library', 'library'],
  ['plugin', 'extensions'],
  ['service', 'server-process'],
  ['system', 'symbol-namespace'],
  ['website', 'browser'],
]);

/** Of a codicon. */
export function iconOf(type: string): string {
  return ICONS.get(type.toLowerCase()) ?? 'wand';
}
