import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { GraphQuery, PortalPage } from '../../../../src/api';
import {
  type EntityGlance,
  type GraphView,
  portalRequests,
} from '../../../../src/features/portal/protocol';
import {
  dependenciesDetails,
  dependentsDetails,
  type DetailsActions,
  graphDetails,
  graphList,
  LIST_STEP,
} from './graphDetails';
import { graphToolbar, type ToolbarDeps } from './graphToolbar';
import type { PortalContext, PortalPageElement } from '../../../portal/portalContext';
import {
  button,
  emptyState,
  failedState,
  icon,
  loadingState,
  textButton,
  usesSingleKeys,
} from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import '../../../shared/graph/GraphCanvas';
import type {
  GraphCanvas,
  GraphLevelEvent,
  GraphNodeEvent,
} from '../../../shared/graph/GraphCanvas';
import { sceneSvg } from '../../../shared/graph/drawing/sceneSvg';
import { Resource } from '../../../shared/host/Resource';
import type { LinkContext } from '../../../shared/links';
import { translate, translateCount } from '../../../shared/translate';

type Page = Extract<PortalPage, { page: 'graph' }>;

/** Default query: software without users and groups, which are related to everything. */
const firstQuery: GraphQuery = { kinds: ['component', 'api', 'resource', 'system', 'domain'] };
/** Number of nodes from which a roll-up is offered. */
const MANY = 200;

/** Graph of the catalog, or around some entities. */
@customElement('callboard-graph-page')
export class GraphPage extends LightElement implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'graph' };
  @property({ attribute: false }) accessor portal!: PortalContext;
  @state() accessor #text = '';
  @state() accessor #current = 0;
  @state() accessor #listed = LIST_STEP;
  @state() accessor #announcement = '';
  /** Whether zooming out shows systems: not after the user chose to see all entities. */
  #rollsUp = true;
  @query('callboard-graph-canvas') accessor #canvas!: GraphCanvas | null;

  #view = new Resource(this, async signal => {
    const view = await this.portal.request(portalRequests.getGraph, { query: this.query }, signal);
    this.#keepSelection(view);
    return view;
  });
  /** Query of the current view, as JSON. */
  #shown = '';

  get query(): GraphQuery {
    return this.page.query ?? firstQuery;
  }

  refresh(): void {
    void this.#view.reload();
    this.querySelector('callboard-entity-box')?.refresh();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const query = JSON.stringify(this.#nodeQuery());
    if (query === this.#shown) return;
    this.#shown = query;
    void this.#view.reload();
  }

  protected override updated(): void {
    const [root, ...others] = this.query.rootRefs ?? [];
    this.portal.setTitle(
      root === undefined || others.length
        ? translate('Graph')
        : translate('Graph: {0}', this.#titleOf(root)),
    );
  }

  protected override render(): TemplateResult {
    const view = this.#view.value;
    const { search, matches } = this.#search(view);
    const toolbar: ToolbarDeps = {
      query: this.query,
      view,
      titleOf: ref => this.#titleOf(ref),
      change: change => {
        if ('rollUp' in change) this.#rollsUp = change.rollUp !== undefined;
        this.#change(change);
      },
      export: format => void this.#export(format),
      fit: () => this.#canvas?.fit(),
      zoomBy: factor => this.#canvas?.zoomBy(factor),
      search,
    };
    return html`<article
      class="graph-page"
      aria-label=${translate('Graph')}
      @keydown=${this.#keyPressed}
    >
      <h1 class="visually-hidden">${translate('Graph')}</h1>
      ${graphToolbar(toolbar)} ${view ? this.#notices(view) : nothing}
      <div class="graph-body">${this.#body(new Set(matches))}</div>
      <p class="visually-hidden" role="status">${this.#announcement}</p>
    </article>`;
  }

  #body(found: ReadonlySet<string>): TemplateResult {
    const { state: view } = this.#view;
    if (view.status === 'loading') return loadingState();
    if (view.status === 'failed') return failedState(view.message, () => this.refresh());
    const { value } = view;
    if (!value.nodes.length) return this.#empty(value);
    const context = this.#context(value);
    const { selected, asList, dependents } = this.query;
    const node = value.nodes.find(({ ref }) => ref === selected);
    const roots = value.nodes.filter(({ isRoot }) => isRoot);
    const root = roots.length === 1 ? roots[0] : undefined;
    return html`${
      asList
        ? graphList(value, context, {
            shown: this.#listed,
            showMore: () => (this.#listed += LIST_STEP),
          })
        : html`<callboard-graph-canvas
            .view=${value}
            .selected=${selected}
            .found=${found}
            .showsDependents=${dependents === true}
            @graph-node=${this.#nodeUsed}
            @graph-level=${this.#levelChanged}
          ></callboard-graph-canvas>`
    }
    ${
      node && !asList && !(dependents && node.isRoot)
        ? graphDetails(value, node, context, this.#actions())
        : value.dependents
          ? dependentsDetails(value, context)
          : root && !asList
            ? dependenciesDetails(value, root, context)
            : nothing
    }`;
  }

  #empty({ status }: GraphView): TemplateResult {
    if (status === 'idle' || status === 'indexing') {
      return loadingState(translate('Loading the catalog…'));
    }
    return emptyState({
      icon: 'type-hierarchy',
      text: translate('Nothing to show.'),
      detail: translate('The catalog is empty, or no entities match the filters.'),
      actions: button(translate('Show All'), () => this.#replace({})),
    });
  }

  /** Warnings about missing nodes, edges or paths. */
  #notices({ nodes, omitted, omittedEdges, path }: GraphView): TemplateResult {
    const { rollUp, pathTo } = this.query;
    const notice = (text: string, action: unknown = nothing): TemplateResult =>
      html`<p class="row graph-notice" role="note">${icon('info')}${text} ${action}</p>`;
    const rolls = furtherRollUps(rollUp).map(([by, text]) =>
      textButton(text, () => this.#change({ rollUp: by, expanded: undefined })),
    );
    return html`${
      omitted
        ? notice(
            translateCount(omitted, {
              one: "{0} more node isn't shown. Filter or roll up to reduce the graph.",
              other: "{0} more nodes aren't shown. Filter or roll up to reduce the graph.",
            }),
            rolls,
          )
        : nodes.length > MANY
          ? notice(
              translateCount(nodes.length, {
                one: 'The graph has {0} node.',
                other: 'The graph has {0} nodes.',
              }),
              rolls,
            )
          : nothing
    }
    ${
      omittedEdges
        ? notice(
            translateCount(omittedEdges, {
              one: "{0} more edge isn't shown.",
              other: "{0} more edges aren't shown.",
            }),
          )
        : nothing
    }
    ${
      pathTo !== undefined && path?.length === 0
        ? notice(translate('No path to {0}.', this.#titleOf(pathTo)))
        : nothing
    }`;
  }

  /** Part of the query that selects the nodes. */
  #nodeQuery(): GraphQuery {
    const { selected: _selected, asList: _asList, ...query } = this.query;
    return query;
  }

  /** Selects the roll-up node that contains the selected entity. */
  #keepSelection({ selected }: GraphView): void {
    if (selected !== undefined && this.query.selected !== undefined) this.#change({ selected });
  }

  #actions(): DetailsActions {
    return {
      query: this.query,
      open: opened => {
        this.portal.follow(
          { type: 'page', page: { page: 'graph', query: opened } },
          { toSide: false },
        );
      },
      change: change => this.#change(change),
    };
  }

  #change(change: Partial<GraphQuery>): void {
    this.#replace({ ...this.query, ...change });
  }

  #replace(replaced: GraphQuery): void {
    // Undefined values are removed from the stored query.
    const kept = Object.entries(replaced).filter(([, value]) => value !== undefined);
    this.page = { page: 'graph', query: Object.fromEntries(kept) };
    this.portal.replace(this.page);
  }

  #nodeUsed = ({ action, ref, toSide }: GraphNodeEvent): void => {
    if (action === 'select') this.#change({ selected: ref });
    else if (ref !== undefined) this.portal.follow({ type: 'entity', entityRef: ref }, { toSide });
  };

  /** Shows systems for their entities when the user zooms out, and the entities of a system when they zoom in on it. */
  #levelChanged = ({ ref }: GraphLevelEvent): void => {
    const { rollUp, expanded = [], dependents, pathTo } = this.query;
    const systems =
      this.#view.value?.nodes.filter(({ kind }) => kind.toLowerCase() === 'system') ?? [];
    if (ref !== undefined) this.#change({ expanded: [...expanded, ref] });
    else if (rollUp && expanded.length) this.#change({ expanded: undefined });
    else if (rollUp || !this.#rollsUp || dependents || pathTo !== undefined) return;
    else if (systems.length > 1) this.#change({ rollUp: 'system', expanded: undefined });
    else return;
    this.#canvas?.fitNext(ref);
  };

  #search(view: GraphView | undefined): {
    readonly search: ToolbarDeps['search'];
    readonly matches: readonly string[];
  } {
    const words = this.#text.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = !words.length
      ? []
      : (view?.nodes ?? [])
          .filter(({ ref, title }) => {
            const text = `${ref} ${title}`.toLowerCase();
            return words.every(word => text.includes(word));
          })
          .map(({ ref }) => ref);
    const go = (index: number): void => {
      const ref = matches.at(index);
      if (ref === undefined) return;
      this.#change({ selected: ref });
      this.#canvas?.show(ref);
    };
    const search = {
      text: this.#text,
      found: matches.length,
      current: Math.min(this.#current, Math.max(0, matches.length - 1)),
      typed: (text: string) => {
        this.#text = text;
        // Enter goes to the first match.
        this.#current = 0;
      },
      next: (step: number) => {
        if (!matches.length) return;
        const isAt = matches[this.#current] === this.query.selected;
        const index = isAt ? this.#current + step : this.#current;
        this.#current = (index + matches.length) % matches.length;
        go(this.#current);
      },
    };
    return { search, matches };
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof HTMLInputElement;
    const isSlash = event.key === '/' && usesSingleKeys();
    const isFind = (event.key === 'f' && (event.ctrlKey || event.metaKey)) || isSlash;
    if (!isFind || (isTyping && isSlash)) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>('.graph-search input')?.focus();
  };

  async #export(format: Parameters<ToolbarDeps['export']>[0]): Promise<void> {
    const { portal } = this;
    if (format === 'link') {
      await portal.request(portalRequests.copyLink, { page: { page: 'graph', query: this.query } });
      this.#announcement = translate('Copied');
      return;
    }
    if (format === 'mermaid' || format === 'mermaidCopy') {
      const { mermaid } = await portal.request(portalRequests.getGraphText, {
        query: this.#nodeQuery(),
      });
      if (format === 'mermaid') {
        await portal.request(portalRequests.save, { name: 'graph.mmd', content: mermaid });
      } else {
        await portal.request(portalRequests.copy, { text: mermaid });
        this.#announcement = translate('Copied');
      }
      return;
    }
    const canvas = this.#canvas;
    if (!canvas) {
      this.#change({ asList: undefined });
      this.#announcement = translate("The graph isn't ready yet.");
    } else if (format === 'svg') {
      const content = sceneSvg(canvas.scene, canvas.palette);
      await portal.request(portalRequests.save, { name: 'graph.svg', content });
    } else {
      const content = canvas.picture();
      await portal.request(portalRequests.save, { name: 'graph.png', content, isBinary: true });
    }
  }

  #titleOf(ref: string): string {
    const view = this.#view.value;
    const named = view?.named[ref] ?? view?.nodes.find(node => node.ref === ref);
    return named?.title ?? ref.slice(ref.indexOf('/') + 1);
  }

  /** Returns the context of links. The nodes have the details that links need. */
  #context({ nodes, named }: GraphView): LinkContext {
    const glances: Record<string, EntityGlance> = {};
    for (const entity of [...Object.values(named), ...nodes]) {
      glances[entity.ref] = { ...entity, tags: [], problems: 0, isStarred: false };
    }
    return { glances, follow: this.portal.follow };
  }
}

/** Other roll-ups with fewer nodes. */
function furtherRollUps(
  rollUp: GraphQuery['rollUp'],
): readonly (readonly [by: NonNullable<GraphQuery['rollUp']>, text: string])[] {
  const domain = ['domain', translate('Roll up by domain')] as const;
  const owner = ['owner', translate('Roll up by owner')] as const;
  if (rollUp === undefined) return [['system', translate('Roll up by system')]];
  return rollUp === 'system' ? [domain, owner] : rollUp === 'domain' ? [owner] : [];
}
