import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CardContent, CardTreeItem, PortalPage } from '../../../../src/api';
import {
  type GroupNode,
  type OrganizationView,
  type PersonNode,
  portalRequests,
} from '../../../../src/features/portal/protocol';
import { type TeamDetails, teamTarget } from './TeamDetails';
import type { PortalPageElement } from '../../../portal/portalContext';
import { ViewElement } from '../../../portal/ViewElement';
import { treeContent } from '../../../shared/contents/CardTree';
import { emptyState, loadingState } from '../../../shared/controls';
import type { LinkContext } from '../../../shared/links';
import { translate, translateCount } from '../../../shared/translate';
import { organizationOverview } from './organizationOverview';

type Page = Extract<PortalPage, { page: 'organization' }>;
type Tree = Extract<CardContent, { type: 'tree' }>;

/** Id of the tree's row for the overview. */
const OVERVIEW = 'overview';

/** Tree of groups and users, with details of the selected one. */
@customElement('callboard-organization-page')
export class OrganizationPage extends ViewElement<OrganizationView> implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'organization' };

  /** Content of the tree, cached per view. */
  #tree: { readonly of: OrganizationView; readonly content: Tree } | undefined;

  override refresh(): void {
    super.refresh();
    this.querySelector<TeamDetails>('callboard-team-details')?.refresh();
  }

  protected override load(signal: AbortSignal): Promise<OrganizationView> {
    return this.portal.request(portalRequests.getOrganization, {}, signal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    this.portal.setTitle(translate('Organization'));
    if (changed.get('page') === undefined || !this.#tree) void this.view.reload();
  }

  protected override draw(view: OrganizationView): TemplateResult {
    const { groupCount, userCount, status } = view;
    if (!groupCount && !userCount) {
      return status === 'idle' || status === 'indexing'
        ? loadingState(translate('Loading the catalog…'))
        : emptyState({
            isPage: true,
            icon: 'organization',
            text: translate('No groups or users in the catalog.'),
            detail: translate('Add entities of the kinds Group and User to describe your teams.'),
          });
    }
    const content = this.#contentOf(view);
    const { entityRef } = this.page;
    const context: LinkContext = { glances: view.glances, follow: this.portal.follow };
    const selected = pathOf(entityRef ?? OVERVIEW, content.items);
    return html`<div class="organization-page">
      <aside class="organization-tree" aria-label=${translate('Groups and people')}>
        ${treeContent(content, context, () => html``, selected)}
      </aside>
      <section class="organization-details" aria-label=${translate('Details')}>
        ${
          entityRef === undefined
            ? organizationOverview(view, context)
            : html`<callboard-team-details
                entityRef=${entityRef}
                .portal=${this.portal}
              ></callboard-team-details>`
        }
      </section>
    </div>`;
  }

  #contentOf(view: OrganizationView): Tree {
    if (this.#tree?.of !== view) {
      const items = organizationItems(view);
      const label = translate('Groups and people');
      this.#tree = { of: view, content: { type: 'tree', label, items, canFilter: true } };
    }
    return this.#tree.content;
  }
}

/** Groups and users as tree rows. */
function organizationItems(view: OrganizationView): readonly CardTreeItem[] {
  const { roots, others, teams, withoutGroup } = view;
  const overview: CardTreeItem = {
    id: OVERVIEW,
    label: translate('Overview'),
    icon: 'graph-line',
    target: { type: 'page', page: { page: 'organization' } },
  };
  // The path to the user's groups is open.
  const open = new Set([...teams, ...roots.map(({ ref }) => ref)]);
  const items = [overview, ...roots.map(group => groupItem(group, open))];
  if (others.length) {
    const children = others.map(group => groupItem(group, open));
    // Without a hierarchy, groups are at the top level.
    if (!roots.length) items.push(...children);
    else
      items.push(section('others', translate('Not in the Hierarchy'), 'type-hierarchy', children));
  }
  if (withoutGroup.length) {
    const people = withoutGroup.map(personItem);
    items.push(section('people', translate('People Without a Group'), 'person', people));
  }
  return items;
}

/** Path of the first row of a ref. */
export function pathOf(
  ref: string | undefined,
  items: readonly CardTreeItem[],
  parent = '',
): string | undefined {
  for (const { id, children = [] } of items) {
    const path = `${parent}/${id}`;
    if (id === ref) return path;
    const inside = pathOf(ref, children, path);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function groupItem(group: GroupNode, open: ReadonlySet<string>): CardTreeItem {
  const { ref, title, groups, members, owned, isRepeated } = group;
  const facts = [
    owned ? translateCount(owned, { one: '{0} entity', other: '{0} entities' }) : undefined,
    isRepeated ? translate('shown elsewhere') : undefined,
  ].filter(fact => fact !== undefined);
  const children = [...groups.map(child => groupItem(child, open)), ...members.map(personItem)];
  return {
    id: ref,
    label: title,
    icon: 'organization',
    isExpanded: open.has(ref),
    target: teamTarget(ref),
    ...(facts.length && { description: facts.join(' · ') }),
    ...(children.length && { children }),
  };
}

function personItem({ ref, title }: PersonNode): CardTreeItem {
  return { id: ref, label: title, icon: 'person', target: teamTarget(ref) };
}

function section(
  id: string,
  label: string,
  icon: string,
  children: readonly CardTreeItem[],
): CardTreeItem {
  return { id, label, icon, children, description: `${children.length}` };
}
