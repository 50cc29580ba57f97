import { html, nothing, type TemplateResult } from 'lit';
import type { GraphQuery } from '../../../../src/api';
import type { GraphFacetValue, GraphView } from '../../../../src/features/portal/protocol';
import { icon } from '../../../shared/parts';
import { translate } from '../../../shared/translate';
import '../../../shared/elements/EntityBox';
import type { EntityChosenEvent } from '../../../shared/elements/EntityBox';
import { button, typeLabel } from './graphDetails';
import './Picker';
import type { PickedEvent } from './Picker';

export interface ToolbarDeps {
  readonly query: GraphQuery;
  readonly view: GraphView | undefined;
  readonly titleOf: (ref: string) => string;
  readonly change: (query: Partial<GraphQuery>) => void;
  readonly export: (format: 'svg' | 'png' | 'mermaid' | 'mermaidCopy') => void;
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

/** What is shown, and how: all of it can be seen and changed here. */
export function graphToolbar(deps: ToolbarDeps): TemplateResult {
  const { query, change } = deps;
  const hasRoots = (query.rootRefs?.length ?? 0) > 0;
  return html`<div class="graph-toolbar" role="group" aria-label=${translate('What is shown')}>
      ${roots(deps)} ${hasRoots ? around(deps) : nothing} ${filters(deps)}
      ${select(
        translate('Roll up by'),
        query.rollUp ?? '',
        [
          ['', translate('Not rolled up')],
          ['system', translate('Rolled up by system')],
          ['domain', translate('Rolled up by domain')],
          ['owner', translate('Rolled up by owner')],
        ],
        value =>
          change({ rollUp: (value || undefined) as GraphQuery['rollUp'], expanded: undefined }),
      )}
      ${button(
        'git-compare',
        translate('Draw what consumes an API to depend on what provides it'),
        () => change({ implied: query.implied ? undefined : true }),
        query.implied === true,
      )}
    </div>
    <div class="graph-toolbar" role="group" aria-label=${translate('View')}>
      ${searchBox(deps)} ${button('zoom-in', translate('Zoom In'), () => deps.zoomBy(1.3))}
      ${button('zoom-out', translate('Zoom Out'), () => deps.zoomBy(1 / 1.3))}
      ${button('screen-full', translate('Zoom to Fit'), deps.fit)}
      ${button(
        'list-flat',
        translate('Show as a List'),
        () => change({ asList: query.asList ? undefined : true }),
        query.asList === true,
      )}
      ${exports(deps)}
    </div>`;
}

function roots({ query, titleOf, change }: ToolbarDeps): TemplateResult {
  const refs = query.rootRefs ?? [];
  const chips = html`<ul class="graph-chips" aria-label=${translate('Drawn around')}>
    ${refs.map(
      ref =>
        html`<li class="graph-chip" title=${ref}>
          ${titleOf(ref)}
          ${button('close', translate('Remove {0}', titleOf(ref)), () => {
            const left = refs.filter(other => other !== ref);
            change({ rootRefs: left.length ? left : undefined, ...(left.length ? {} : whole) });
          })}
        </li>`,
    )}
  </ul>`;
  return html`${refs.length ? chips : nothing}
    <callboard-entity-box
      .label=${refs.length ? translate('Add an entity') : translate('Draw around an entity')}
      @entity-chosen=${({ ref }: EntityChosenEvent) => {
        const { depth = refs.length ? undefined : 1 } = query;
        change({ rootRefs: [...refs.filter(other => other !== ref), ref], depth, selected: ref });
      }}
    ></callboard-entity-box>`;
}

/** What makes no sense without a root. */
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
      : html`${select(
          translate('How far'),
          depth === undefined ? '' : `${depth}`,
          [
            ...[1, 2, 3, 4, 5].map(value => [`${value}`, translate('Depth {0}', value)] as const),
            ['', translate('Any depth')],
          ],
          value => change({ depth: value ? Number(value) : undefined }),
        )}
        ${select(
          translate('Direction'),
          direction,
          [
            ['both', translate('Both directions')],
            ['outgoing', translate('Outgoing relations')],
            ['incoming', translate('Incoming relations')],
          ],
          value => change({ direction: value as GraphQuery['direction'] }),
        )}`
  }
  ${button(
    'references',
    translate('Dependents'),
    () => change({ dependents: dependents ? undefined : true }),
    dependents === true,
  )}
  ${
    pathTo === undefined
      ? html`<callboard-entity-box
          .label=${translate('Path to…')}
          @entity-chosen=${({ ref }: EntityChosenEvent) => change({ pathTo: ref })}
        ></callboard-entity-box>`
      : html`<span class="graph-chip" title=${pathTo}
          >${icon('milestone')}${translate('Path to {0}', titleOf(pathTo))}
          ${button('close', translate('Show no path'), () => change({ pathTo: undefined }))}</span
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
  ): TemplateResult =>
    html`<callboard-picker
      .label=${label}
      .options=${values.map(({ value, count }) => ({ value, count, label: labelOf(value) }))}
      .values=${query[key]}
      @picked=${({ values: picked }: PickedEvent) => change({ [key]: picked })}
    ></callboard-picker>`;
  return html`${picker(translate('Kinds'), kinds, 'kinds', kind => kind)}
  ${picker(translate('Relations'), relations, 'relations', typeLabel)}
  ${picker(translate('Owners'), owners, 'owners', titleOf)}
  ${picker(translate('Lifecycles'), lifecycles, 'lifecycles', lifecycle => lifecycle)}`;
}

function searchBox({ search }: ToolbarDeps): TemplateResult {
  const { text, found, current, typed, next } = search;
  return html`<div class="graph-search" role="search">
    <input
      class="text-box"
      type="search"
      placeholder=${translate('Find in the graph')}
      aria-label=${translate('Find in the graph')}
      .value=${text}
      @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        next(event.shiftKey ? -1 : 1);
      }}
    />
    <span class="graph-found" role="status">
      ${
        text
          ? found
            ? translate('{0} of {1}', current + 1, found)
            : translate('Nothing found')
          : nothing
      }
    </span>
  </div>`;
}

function exports({ export: run }: ToolbarDeps): TemplateResult {
  const item = (text: string, format: Parameters<typeof run>[0]): TemplateResult =>
    html`<button
      class="picker-item"
      @click=${(event: Event) => {
        (event.target as HTMLElement).closest('details')?.removeAttribute('open');
        run(format);
      }}
    >
      ${text}
    </button>`;
  return html`<details class="picker">
    <summary class="picker-button">${icon('export')}${translate('Export')}</summary>
    <div class="picker-list is-end">
      ${item(translate('Save as SVG…'), 'svg')} ${item(translate('Save as PNG…'), 'png')}
      ${item(translate('Save as Mermaid…'), 'mermaid')}
      ${item(translate('Copy as Mermaid'), 'mermaidCopy')}
    </div>
  </details>`;
}

function select(
  label: string,
  current: string,
  options: readonly (readonly [value: string, label: string])[],
  changed: (value: string) => void,
): TemplateResult {
  return html`<select
    class="graph-select"
    aria-label=${label}
    title=${label}
    @change=${(event: Event) => changed((event.target as HTMLSelectElement).value)}
  >
    ${options.map(
      ([value, text]) =>
        html`<option value=${value} ?selected=${value === current} .selected=${value === current}>
          ${text}
        </option>`,
    )}
  </select>`;
}
