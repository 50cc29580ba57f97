import { html, nothing, type TemplateResult } from 'lit';
import type { GraphQuery } from '../../../../src/api';
import type { GraphNodeView, GraphView } from '../../../../src/features/portal/protocol';
import { dependentsSummary } from '../../../../src/model/presentation';
import { badge, icon, iconButton, lifecycleBadge, secondaryButton } from '../../../shared/controls';
import { captionOf, edgeLabel } from '../../../shared/graph/drawing/sceneMaker';
import { entityLink, link, type LinkContext } from '../../../shared/links';
import { translate } from '../../../shared/translate';
import { itself, keyedList } from '../../../shared/keyedList';

export interface DetailsActions {
  /** Opens another graph and adds a history entry. */
  open(query: GraphQuery): void;
  /** Changes the current graph. */
  readonly change: (query: Partial<GraphQuery>) => void;
  readonly query: GraphQuery;
}

/** Maximum number of relations to list. More are counted. */
const MAX_RELATIONS = 30;

/** Details and actions of the selected node. */
export function graphDetails(
  view: GraphView,
  node: GraphNodeView,
  context: LinkContext,
  actions: DetailsActions,
): TemplateResult {
  const { ref, kind, type, lifecycle, owners, exists, hidden, members, rolledUp, isRoot } = node;
  const expand = expandButton(node, actions);
  const header = html`<header class="card-header">
    <h2>${icon(node.icon)}${node.title}</h2>
    ${iconButton('close', translate('Close'), () => actions.change({ selected: undefined }))}
  </header>`;
  const relations = html`<h3>${translate('Relations')}</h3>
    ${nodeRelations(view, ref, context, MAX_RELATIONS)}`;
  if (members) {
    return html`<aside class="graph-details card" aria-label=${translate('Details')}>
      ${header}
      <p class="graph-details-kind">${captionOf(node)}</p>
      <div class="graph-details-actions">${expand}</div>
      <h3>${translate('Entities')}</h3>
      ${entityList(members, rolledUp?.count ?? members.length, context)} ${relations}
    </aside>`;
  }
  return html`<aside class="graph-details card" aria-label=${translate('Details')}>
    ${header}
    <p class="graph-details-kind">
      ${kind}${type === undefined ? nothing : html` · ${type}`}${
        lifecycle === undefined ? nothing : html` ${lifecycleBadge(lifecycle)}`
      }
    </p>
    ${exists ? nothing : html`<p>${icon('warning')} ${translate('Not in the catalog.')}</p>`}
    <dl>
      <dt>${translate('Owner')}</dt>
      <dd>
        ${
          owners.length
            ? owners.map(owner => entityLink(owner, context))
            : html`<span class="nothing">${translate('No owner')}</span>`
        }
      </dd>
    </dl>
    <div class="graph-details-actions">
      ${link(translate('Open Page'), { type: 'entity', entityRef: ref }, context, {
        className: 'button',
      })}
      ${secondaryButton(translate('Center on Node'), () => actions.open({ ...around(actions.query, ref), depth: 1 }))}
      ${secondaryButton(translate('Show Dependents'), () => actions.open({ ...around(actions.query, ref), dependents: true }))}
      ${
        actions.query.rootRefs?.length && !isRoot
          ? secondaryButton(translate('Show Path to Node'), () => actions.change({ pathTo: ref }))
          : nothing
      }
      ${expand}
    </div>
    ${relations}
    ${
      hidden
        ? html`<p class="nothing">${translate('Related but not shown: {0}', hidden)}</p>`
        : nothing
    }
  </aside>`;
}

/** Button that shows or hides the members of a group, or more relations of an entity. */
function expandButton(
  { ref, rolledUp, expandable }: GraphNodeView,
  { change, query: { expanded } }: DetailsActions,
): TemplateResult | typeof nothing {
  const toggle = (label: string): TemplateResult =>
    secondaryButton(label, () => change({ expanded: toggled(expanded, ref) }));
  if (rolledUp) return toggle(rolledUp.isExpanded ? translate('Collapse') : translate('Expand'));
  if (expandable) return toggle(translate('Show {0} More', expandable));
  return expanded?.includes(ref) ? toggle(translate('Show Fewer')) : nothing;
}

/** Relations of a node, by their names at its end. */
function nodeRelations(
  { nodes, edges, facets, names }: GraphView,
  ref: string,
  context: LinkContext,
  max = Infinity,
): TemplateResult {
  const inverses = new Map(facets.relations.map(({ value, inverse }) => [value, inverse]));
  const groups = new Map<string, string[]>();
  const group = nodes.find(({ members }) => members);
  for (const edge of edges) {
    if (edge.source === ref) add(edgeLabel({ ...edge, count: 0 }, names), edge.target);
    else if (edge.target === ref) {
      const types = edge.types.map(type => inverses.get(type) ?? type);
      add(edgeLabel({ ...edge, types, count: 0 }, names), edge.source);
    }
  }
  return html`<ul class="graph-relations">
    ${keyedList(
      [...groups],
      ([label]) => label,
      ([label, refs]) =>
        html`<li>
          <span class="graph-relation">${label}</span>
          ${keyedList(refs.slice(0, max), itself, nodeLink)}${
            refs.length > max ? translate('and {0} more', refs.length - max) : nothing
          }
        </li>`,
    )}
  </ul>`;

  function nodeLink(other: string): TemplateResult {
    if (other !== group?.ref) return entityLink(other, context);
    return html`<span class="entity">${icon(group.icon)}${group.title}</span>`;
  }

  function add(label: string, other: string): void {
    const refs = groups.get(label);
    if (refs) refs.push(other);
    else groups.set(label, [other]);
  }
}

/** Dependents of the roots, by owner. */
export function dependentsDetails(view: GraphView, context: LinkContext): TemplateResult {
  const owners = view.dependents ?? [];
  const entities = [...new Set(owners.flatMap(({ entityRefs }) => entityRefs))];
  return html`<aside class="graph-details card" aria-label=${translate('Dependents')}>
    <header class="card-header">
      <h2>${icon('references')}${translate('Dependents')}</h2>
    </header>
    <p>
      ${entities.length > 0 ? dependentsSummary({ entities, owners }) : translate('No dependents.')}
    </p>
    ${keyedList(
      owners,
      ({ ownerRef = '' }) => ownerRef,
      ({ ownerRef, entityRefs }) =>
        html`<section class="graph-dependents">
          <h3>
            ${ownerRef === undefined ? translate('No owner') : entityLink(ownerRef, context)}
            ${badge(`${entityRefs.length}`)}
          </h3>
          ${entityList(entityRefs.slice(0, MAX_RELATIONS), entityRefs.length, context)}
        </section>`,
    )}
  </aside>`;
}

/** Relations of the only root, as a list beside the graph. */
export function dependenciesDetails(
  view: GraphView,
  root: GraphNodeView,
  context: LinkContext,
): TemplateResult {
  return html`<aside
    class="graph-details graph-dependencies card"
    aria-label=${translate('Dependencies')}
  >
    <header class="card-header">
      <h2>${icon('list-tree')}${translate('Dependencies')}</h2>
    </header>
    ${nodeRelations(view, root.ref, context, MAX_RELATIONS)}
  </aside>`;
}

/** Links to the first entities, and the number of the others. */
function entityList(refs: readonly string[], total: number, context: LinkContext): TemplateResult {
  return html`<ul class="links">
    ${keyedList(refs, itself, ref => html`<li>${entityLink(ref, context)}</li>`)}
    ${
      total > refs.length
        ? html`<li>${translate('and {0} more', total - refs.length)}</li>`
        : nothing
    }
  </ul>`;
}

/** Query of the same graph around another entity. */
function around({ kinds, relations, implied, asList }: GraphQuery, ref: string): GraphQuery {
  return { rootRefs: [ref], kinds, relations, implied, asList, selected: ref };
}

export function toggled(refs: readonly string[] = [], ref: string): readonly string[] {
  return refs.includes(ref) ? refs.filter(other => other !== ref) : [...refs, ref];
}

/** Number of rows to add at a time. */
export const LIST_STEP = 200;

/** The graph as a table of nodes and their relations. */
export function graphList(
  view: GraphView,
  context: LinkContext,
  { shown, showMore }: { readonly shown: number; readonly showMore: () => void },
): TemplateResult {
  return html`<div
    class="table-scroll graph-list"
    tabindex="0"
    role="region"
    aria-label=${translate('Nodes and relations')}
  >
    <table class="entities">
      <thead>
        <tr>
          <th scope="col">${translate('Name')}</th>
          <th scope="col">${translate('Kind')}</th>
          <th scope="col">${translate('Owner')}</th>
          <th scope="col">${translate('Relations')}</th>
        </tr>
      </thead>
      <tbody>
        ${keyedList(
          view.nodes.slice(0, shown),
          ({ ref }) => ref,
          node =>
            html`<tr>
              <th scope="row">
                ${node.members ? html`${icon(node.icon)}${node.title}` : entityLink(node.ref, context)}
              </th>
              <td>${captionOf(node)}</td>
              <td>${node.owners.map(owner => entityLink(owner, context))}</td>
              <td>${nodeRelations(view, node.ref, context)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${shown < view.nodes.length ? secondaryButton(translate('Show More'), showMore) : nothing}
  </div>`;
}
