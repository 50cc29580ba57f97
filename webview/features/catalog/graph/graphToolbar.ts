import { html, nothing, type TemplateResult } from 'lit';
import type { GraphQuery } from '../../../../src/api';
import type { GraphFacetValue, GraphView } from '../../../../src/features/portal/protocol';
import { relationLabel } from '../../../../src/model/presentation';
import { toggled } from './graphDetails';
import { checkbox, filterBox, icon, iconButton, menuItem, select } from '../../../shared/controls';
import '../../../shared/elements/Dropdown';
import '../../../shared/elements/EntityBox';
import type { EntityChosenEvent } from '../../../shared/elements/EntityBox';
import { translate } from '../../../shared/translate';
import { itself, keyedList } from '../../../shared/keyedList';

export interface ToolbarDeps {
  readonly query: GraphQuery;
  readonly view: GraphView | undefined;
  readonly titleOf: (ref: string) => string;
  readonly change: (query: Partial<GraphQuery>) => void;
  readonly export: (choice: 'svg' | 'png' | 'mermaid' | 'mermaidCopy' | 'link') => void;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly search: {
    readonly text: string;
    readonly found: number;
    readonly current: number;
    readonly typed: (text: string) => void;
    readonly next: (step: number) => void;
  };
}

/** Controls for the contents and layout of the graph. */
export function graphToolbar(deps: ToolbarDeps): TemplateResult {
  const { query, change } = deps;
  const hasRoots = (query.rootRefs?.length ?? 0) > 0;
  return html`<div class="graph-toolbars">
    <div class="row graph-toolbar" role="group" aria-label=${translate('Graph options')}>
      ${roots(deps)} ${hasRoots ? around(deps) : nothing} ${filters(deps)}
      ${select({
        label: translate('Roll up by'),
        value: query.rollUp ?? '',
        rows: [
          { value: '', label: translate('No roll-up') },
          { value: 'system', label: translate('Rolled up by system') },
          { value: 'domain', label: translate('Rolled up by domain') },
          { value: 'owner', label: translate('Rolled up by owner') },
        ],
        choose: value =>
          change({ rollUp: (value || undefined) as GraphQuery['rollUp'], expanded: undefined }),
      })}
      ${iconButton(
        'git-compare',
        translate('Show API consumers as dependents of API providers'),
        () => change({ implied: query.implied ? undefined : true }),
        { isPressed: query.implied === true },
      )}
    </div>
    <div class="row graph-toolbar" role="group" aria-label=${translate('View')}>
      ${searchBox(deps)} ${iconButton('zoom-in', translate('Zoom In'), () => deps.zoomBy(1.3))}
      ${iconButton('zoom-out', translate('Zoom Out'), () => deps.zoomBy(1 / 1.3))}
      ${iconButton('screen-full', translate('Zoom to Fit'), deps.fit)}
      ${iconButton(
        'list-flat',
        translate('Show as List'),
        () => change({ asList: query.asList ? undefined : true }),
        { isPressed: query.asList === true },
      )}
      ${exports(deps)}
    </div>
  </div>`;
}

function roots({ query, titleOf, change }: ToolbarDeps): TemplateResult {
  const refs = query.rootRefs ?? [];
  const chips = html`<ul class="graph-chips" aria-label=${translate('Centered on')}>
    ${keyedList(
      refs,
      itself,
      ref =>
        html`<li class="inline-row graph-chip" title=${ref}>
          ${titleOf(ref)}
          ${iconButton('close', translate('Remove {0}', titleOf(ref)), () => {
            const left = refs.filter(other => other !== ref);
            change({ rootRefs: left.length ? left : undefined, ...(left.length ? {} : whole) });
          })}
        </li>`,
    )}
  </ul>`;
  return html`${refs.length ? chips : nothing}
    <callboard-entity-box
      .label=${refs.length ? translate('Add an entity') : translate('Center on an entity')}
      @entity-chosen=${({ ref }: EntityChosenEvent) => {
        const { depth = refs.length ? undefined : 1 } = query;
        change({ rootRefs: [...refs.filter(other => other !== ref), ref], depth, selected: ref });
      }}
    ></callboard-entity-box>`;
}

/** Resets options that need a root. */
const whole: Partial<GraphQuery> = {
  depth: undefined,
  direction: undefined,
  pathTo: undefined,
  dependents: undefined,
};

function around({ query, titleOf, change }: ToolbarDeps): TemplateResult {
  const { depth, direction = 'both', dependents, pathTo } = query;
  return html`${
    dependents
      ? nothing
      : html`${select({
          label: translate('Depth'),
          value: depth ?? '',
          rows: [
            ...[1, 2, 3, 4, 5].map(value => ({ value, label: translate('Depth {0}', value) })),
            { value: '', label: translate('Any depth') },
          ],
          choose: value => change({ depth: value ? Number(value) : undefined }),
        })}
        ${select({
          label: translate('Direction'),
          value: direction,
          rows: [
            { value: 'both', label: translate('Both directions') },
            { value: 'outgoing', label: translate('Outgoing relations') },
            { value: 'incoming', label: translate('Incoming relations') },
          ],
          choose: value => change({ direction: value as GraphQuery['direction'] }),
        })}`
  }
  ${iconButton(
    'references',
    translate('Dependents'),
    () => change({ dependents: dependents ? undefined : true }),
    { isPressed: dependents === true },
  )}
  ${
    pathTo === undefined
      ? html`<callboard-entity-box
          .label=${translate('Path to…')}
          @entity-chosen=${({ ref }: EntityChosenEvent) => change({ pathTo: ref })}
        ></callboard-entity-box>`
      : html`<span class="inline-row graph-chip" title=${pathTo}
          >${icon('milestone')}${translate('Path to {0}', titleOf(pathTo))}
          ${iconButton('close', translate('Clear path'), () => change({ pathTo: undefined }))}</span
        >`
  }`;
}

function filters({ query, view, titleOf, change }: ToolbarDeps): TemplateResult {
  const { kinds = [], owners = [], lifecycles = [], relations = [] } = view?.facets ?? {};
  const picker = (
    label: string,
    values: readonly GraphFacetValue[],
    key: 'kinds' | 'owners' | 'lifecycles' | 'relations',
    labelOf: (value: string) => string,
  ): TemplateResult => {
    const { [key]: picked = [] } = query;
    // An empty selection shows everything.
    const pick = (next: readonly string[]): void =>
      change({ [key]: next.length ? next : undefined });
    const menu = (): TemplateResult =>
      html`${menuItem(translate('All'), () => pick([]))}
      ${values.map(({ value, count }) =>
        checkbox({
          label: labelOf(value),
          count,
          isChecked: picked.includes(value),
          change: () => pick(toggled(picked, value)),
        }),
      )}`;
    return html`<callboard-dropdown
      label=${label}
      .count=${picked.length}
      .content=${menu}
    ></callboard-dropdown>`;
  };
  return html`${picker(translate('Kinds'), kinds, 'kinds', kind => kind)}
  ${picker(translate('Relations'), relations, 'relations', type => relationLabel(type, translate, view?.names))}
  ${picker(translate('Owners'), owners, 'owners', titleOf)}
  ${picker(translate('Lifecycles'), lifecycles, 'lifecycles', lifecycle => lifecycle)}`;
}

function searchBox({ search }: ToolbarDeps): TemplateResult {
  const { text, found, current, typed, next } = search;
  const keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    next(event.shiftKey ? -1 : 1);
  };
  return html`<div class="row graph-search" role="search" @keydown=${keyPressed}>
    ${filterBox({ label: translate('Find in the graph'), value: text, typed })}
    <span class="graph-found" role="status">
      ${
        text
          ? found
            ? translate('{0} of {1}', current + 1, found)
            : translate('No results')
          : nothing
      }
    </span>
  </div>`;
}

function exports({ export: run }: ToolbarDeps): TemplateResult {
  const items = (close: () => void): unknown =>
    (
      [
        [translate('Save as SVG…'), 'svg'],
        [translate('Save as PNG…'), 'png'],
        [translate('Save as Mermaid…'), 'mermaid'],
        [translate('Copy as Mermaid'), 'mermaidCopy'],
        [translate('Copy Link'), 'link'],
      ] as const
    ).map(([text, format]) =>
      menuItem(text, () => {
        close();
        run(format);
      }),
    );
  return html`<callboard-dropdown
    label=${translate('Export')}
    icon="export"
    .content=${items}
  ></callboard-dropdown>`;
}
