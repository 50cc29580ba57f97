import { html, nothing, type TemplateResult } from 'lit';
import type { LinkTarget } from '../../src/api';
import type { Glances } from '../../src/features/portal/protocol';
import { shortenEntityRef } from '../../src/model';
import { kindIcon } from '../../src/model/presentation';
import type { PortalContext } from '../portal/portalContext';
import { icon } from './controls';
import { translate } from './translate';

/** Context for links. */
export interface LinkContext {
  readonly glances: Glances;
  follow(target: LinkTarget, options: { readonly toSide: boolean }): void;
  /** Page context for docs among other content. */
  readonly docs?: PortalContext | undefined;
}

/** A link. Ctrl or Cmd click and the middle button open it to the side. */
export function link(
  content: unknown,
  target: LinkTarget,
  context: Pick<LinkContext, 'follow'>,
  options: {
    readonly label?: string;
    readonly className?: string;
    readonly title?: string;
    /** Set to -1 to skip it with Tab. */
    readonly tabIndex?: number;
  } = {},
): TemplateResult {
  const follow = (event: MouseEvent): void => {
    if (event.button > 1) return;
    event.preventDefault();
    // VS Code would open some links itself.
    event.stopPropagation();
    context.follow(target, { toSide: event.ctrlKey || event.metaKey || event.button === 1 });
  };
  return html`<a
    href="#"
    class=${options.className ?? nothing}
    aria-label=${options.label ?? nothing}
    title=${options.title ?? nothing}
    tabindex=${options.tabIndex ?? nothing}
    @click=${follow}
    @auxclick=${follow}
    >${content}</a
  >`;
}

/**
 * Value of `data-vscode-context` for the entity context menu. `viewItem` has words of the rows of the
 * Catalog view, so that menus of plugins need one condition for both.
 */
export function entityMenu(entityRef: string, { isEditable = false } = {}): string {
  const kind = entityRef.slice(0, entityRef.indexOf(':')).toLowerCase();
  const context = {
    webviewSection: 'entity',
    viewItem: `entity hasRef ${isEditable ? 'editable ' : ''}kind_${kind}`,
    entityRef,
    preventDefaultContextMenuItems: true,
  };
  return JSON.stringify(context);
}

/** Link to an entity by its title. Marks missing entities. */
export function entityLink(
  ref: string,
  context: LinkContext,
  { showsKind = false }: { readonly showsKind?: boolean } = {},
): TemplateResult {
  const glance = context.glances[ref];
  const title = glance?.title ?? shortenEntityRef(ref, {});
  const kind = glance?.kind ?? ref.slice(0, ref.indexOf(':'));
  const isMissing = glance?.exists === false;
  const content = html`${icon(glance?.icon ?? kindIcon(kind))}<span class="entity-title"
      >${title}</span
    >${showsKind ? html`<span class="entity-kind">${kind}</span>` : nothing}${
      isMissing ? icon('warning') : nothing
    }`;
  return html`<span
    class="entity ${isMissing ? 'is-missing' : ''}"
    data-vscode-context=${entityMenu(ref)}
    >${link(content, { type: 'entity', entityRef: ref }, context, {
      title: isMissing ? translate('{0} is not in the catalog.', ref) : ref,
    })}</span
  >`;
}
