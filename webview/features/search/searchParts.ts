import { html, nothing, type TemplateResult } from 'lit';
import type { SearchPageView } from '../../../src/features/portal/protocol';
import { emptyState, icon, iconButton, secondaryButton, textButton } from '../../shared/controls';
import { formatNumber, translate, translateCount } from '../../shared/translate';

/** Maximum length of a query in the title of the editor's tab. */
const MAX_TITLE = 40;

/** Truncates a query for titles and sentences. */
export function shortened(query: string): string {
  return query.length > MAX_TITLE ? `${query.slice(0, MAX_TITLE)}…` : query;
}

/** Number of results and search time. */
export function countOf({ total, tookMs }: SearchPageView): string {
  const time = formatNumber(Math.max(1, Math.round(tookMs)));
  return translateCount(
    total,
    { one: '{0} result in {1} ms', other: '{0} results in {1} ms' },
    time,
  );
}

/** Lists the ignored words, because no document has all words. */
export function ignoredWords({ ignored }: SearchPageView): TemplateResult | typeof nothing {
  if (ignored.length === 0) return nothing;
  return html`<p class="search-ignored" role="status">
    ${icon('info')}<span
      >${translate('No results for all words. Showing results without: {0}', ignored.join(', '))}</span
    >
  </p>`;
}

/** Progress of building the index. */
export function progressOf({ progress }: SearchPageView): TemplateResult | typeof nothing {
  if (!progress) return nothing;
  const { done, total } = progress;
  const text =
    total === undefined
      ? translate('Building the search index…')
      : translate('Building the search index: {0} of {1}', formatNumber(done), formatNumber(total));
  return html`<div class="search-progress">
    <progress aria-label=${text} max=${total ?? nothing} value=${total ? done : nothing}></progress>
    <p>${text}</p>
  </div>`;
}

/** Message that the index is missing, with a way to build it. */
export function failureOf(
  { failure }: SearchPageView,
  rebuild: () => void,
): TemplateResult | typeof nothing {
  if (failure === undefined) return nothing;
  return html`<p class="row search-failure" role="status">
    ${icon('warning')}
    <span>${translate('Not enough memory for full-text search. Searching names only.')}</span>
    ${textButton(translate('Rebuild Search Index'), rebuild)}
  </p>`;
}

/** Range of the shown results, with buttons for the previous and next page. */
export function pager(
  { start, results, total }: SearchPageView,
  count: number,
  turnTo: (start: number) => void,
): TemplateResult | typeof nothing {
  if (total <= results.length) return nothing;
  const turn = (name: string, title: string, keys: string, to: number): TemplateResult =>
    iconButton(name, title, () => turnTo(to), { keys, isDisabled: to < 0 || to >= total });
  return html`<div class="row search-pager" role="group" aria-label=${translate('Result pages')}>
    <span
      >${translate(
        '{0}–{1} of {2}',
        formatNumber(start + 1),
        formatNumber(start + results.length),
        formatNumber(total),
      )}</span
    >
    ${turn('chevron-left', translate('Previous page'), 'PageUp', start - count)}
    ${turn('chevron-right', translate('Next page'), 'PageDown', start + count)}
  </div>`;
}

/** Message without results, with suggestions. Empty before a search. */
export function nothingFound(
  { guide, hints, isPartial, progress }: SearchPageView,
  { query, search }: { readonly query: string; readonly search: (query: string) => void },
): TemplateResult | typeof nothing {
  if (guide) return nothing;
  const instead = (label: string, other: string): TemplateResult =>
    secondaryButton(label, () => search(other));
  return html`<div role="status">
    ${emptyState({
      icon: 'search-stop',
      text: translate('No results for "{0}".', shortened(query.trim())),
      detail:
        isPartial && progress
          ? translate("The search index isn't complete yet. More results may appear.")
          : translate('Check the spelling, use fewer words, or remove a filter.'),
      actions: html`<div class="state-actions">
        ${hints.map(({ filter, query: without, total }) =>
          instead(translate('Without {0} ({1})', filter, formatNumber(total)), without),
        )}
        ${instead(translate('Clear Search'), '')}
      </div>`,
    })}
  </div>`;
}
