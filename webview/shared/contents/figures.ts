import { html, nothing, svg, type TemplateResult } from 'lit';
import type {
  CardContent,
  CardEvent,
  CardMetric,
  CardRating,
  CardSeries,
  CardStatus,
  Inline,
  LinkTarget,
  Tone,
} from '../../../src/api';
import { emptyState, icon } from '../controls';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

type Of<T extends CardContent['type']> = Extract<CardContent, { type: T }>;

function noData(empty: string | undefined): TemplateResult {
  return emptyState({ text: empty ?? translate('No data.') });
}

function linked(
  content: unknown,
  target: LinkTarget | undefined,
  context: LinkContext,
): TemplateResult {
  return target ? link(content, target, context) : html`${content}`;
}

function description(text: string | undefined): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<span class="figure-description">${text}</span>`;
}

/** Numbers with labels. */
export function metricsContent(
  { metrics, empty }: Of<'metrics'>,
  context: LinkContext,
): TemplateResult {
  if (!metrics.length) return noData(empty);
  return html`<dl class="figures">${metrics.map(metric => metricFigure(metric, context))}</dl>`;
}

function metricFigure(metric: CardMetric, context: LinkContext): TemplateResult {
  const { label, value, unit, tone = 'none', trend, target } = metric;
  return html`<div class="figure">
    <dt>${label}</dt>
    <dd>
      <span class="figure-value toned tone-${tone}"
        >${linked(value, target, context)}${
          unit === undefined ? nothing : html`<span class="figure-unit">${unit}</span>`
        }</span
      >${trend === undefined ? nothing : trendIcon(trend)}${description(metric.description)}
    </dd>
  </div>`;
}

function trendIcon(trend: NonNullable<CardMetric['trend']>): TemplateResult {
  const [name, label] = {
    up: ['arrow-up', translate('Rising')],
    down: ['arrow-down', translate('Falling')],
    steady: ['arrow-right', translate('Unchanged')],
  }[trend];
  return html`<span class="figure-trend" role="img" aria-label=${label} title=${label}
    >${icon(name)}</span
  >`;
}

/** Grades with labels. */
export function ratingContent(
  { ratings, empty }: Of<'rating'>,
  context: LinkContext,
): TemplateResult {
  if (!ratings.length) return noData(empty);
  return html`<dl class="figures">
    ${ratings.map((rating: CardRating) => {
      const { label, grade, tone = 'none', target } = rating;
      return html`<div class="figure">
        <dt>${label}</dt>
        <dd>
          <span class="grade tone-${tone}">${linked(grade, target, context)}</span>${description(
            rating.description,
          )}
        </dd>
      </div>`;
    })}
  </dl>`;
}

/** Icon, tone and name of a state. */
function statusLook(status: CardStatus['status']): readonly [string, Tone, string] {
  return {
    ok: ['pass', 'good', translate('OK')],
    warning: ['warning', 'warning', translate('Warning')],
    error: ['error', 'bad', translate('Error')],
    running: ['sync', 'info', translate('Running')],
    pending: ['clock', 'none', translate('Pending')],
    unknown: ['question', 'none', translate('Unknown')],
  }[status] as [string, Tone, string];
}

/** States of things. */
export function statusContent(
  { items, empty }: Of<'status'>,
  context: LinkContext,
): TemplateResult {
  if (!items.length) return noData(empty);
  return html`<ul class="statuses">
    ${items.map(item => {
      const [name, tone, word] = statusLook(item.status);
      return html`<li class="status">
        <span class="toned tone-${tone}">${icon(name)}</span>
        <span class="status-label">${linked(item.label, item.target, context)}</span>
        <span class="status-text">${item.text ?? word}</span>
        ${description(item.description)}
      </li>`;
    })}
  </ul>`;
}

/** Events, latest first. */
export function timelineContent(
  { events, empty }: Of<'timeline'>,
  context: LinkContext,
): TemplateResult {
  if (!events.length) return noData(empty);
  const sorted = [...events].sort((a, b) => timeOf(b) - timeOf(a));
  return html`<ol class="timeline">
    ${sorted.map(
      event =>
        html`<li class="event tone-${event.tone ?? 'none'}">
          ${icon(event.icon ?? 'circle-filled')}
          <div>
            <span class="event-title">${linked(event.title, event.target, context)}</span>
            ${eventTime(event)} ${description(event.description)}
          </div>
        </li>`,
    )}
  </ol>`;
}

/** Times that can't be read are last. */
function timeOf({ at }: CardEvent): number {
  const time = new Date(at).getTime();
  return Number.isNaN(time) ? -Infinity : time;
}

function eventTime(event: CardEvent): TemplateResult {
  const time = timeOf(event);
  if (time === -Infinity) return html`<span class="event-time">${event.at}</span>`;
  const date = new Date(time);
  const shown = date.toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return html`<time class="event-time" datetime=${date.toISOString()}>${shown}</time>`;
}

/** A table of lines of text. */
export function tableContent(
  { columns, rows, empty }: Of<'table'>,
  drawInline: (piece: Inline) => TemplateResult,
): TemplateResult {
  if (!rows.length) return noData(empty);
  const alignOf = (index: number): string => `align-${columns[index]?.align ?? 'start'}`;
  return html`<div class="table-frame">
    <table class="card-table">
      <thead>
        <tr>
          ${columns.map(
            ({ title }, index) => html`<th scope="col" class=${alignOf(index)}>${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          row =>
            html`<tr>
              ${columns.map(
                (_, index) =>
                  html`<td class=${alignOf(index)}>${(row[index] ?? []).map(drawInline)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const WIDTH = 300;
const HEIGHT = 80;
const TONES: readonly Tone[] = ['info', 'good', 'warning', 'bad'];

/** A line chart. Screen readers get a table of the values. */
export function chartContent({ label, labels, series, unit = '' }: Of<'chart'>): TemplateResult {
  const values = series.flatMap(line => line.values.filter(value => value !== null));
  if (!values.length) return noData(undefined);
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
  const tones = tonesOf(series);
  return html`<figure class="chart">
    <div class="chart-plot">
      <div class="chart-axis" aria-hidden="true">
        <span>${high}${unit}</span><span>${low}${unit}</span>
      </div>
      <svg viewBox="0 -4 ${WIDTH} ${HEIGHT + 8}" preserveAspectRatio="none" aria-hidden="true">
        ${series.map((line, index) => {
          const { path, dots } = pathsOf(line, low, high);
          const tone = `tone-${tones[index]}`;
          return svg`<path class="chart-line ${tone}" d=${path}></path>${
            dots === '' ? nothing : svg`<path class="chart-dot ${tone}" d=${dots}></path>`
          }`;
        })}
      </svg>
    </div>
    <div class="chart-labels" aria-hidden="true">
      <span>${labels[0] ?? ''}</span><span>${labels.at(-1) ?? ''}</span>
    </div>
    <figcaption class="chart-legend" aria-hidden="true">
      ${series.map(
        (line, index) => html`<span class="chart-name tone-${tones[index]}">${line.label}</span>`,
      )}
    </figcaption>
    <table class="visually-hidden">
      <caption>
        ${label}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${series.map(line => html`<th scope="col">${line.label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${labels.map(
          (name, row) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${series.map(({ values: cells }) => {
                const value = cells[row] ?? null;
                return html`<td>${value === null ? '' : `${value}${unit}`}</td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </figure>`;
}

/** Tones of lines: their own, or one that no line before has, as long as there are such. */
function tonesOf(series: readonly CardSeries[]): readonly Tone[] {
  const used = new Set<Tone>(series.flatMap(({ tone }) => tone ?? []));
  return series.map(({ tone }, index) => {
    const chosen = tone ?? TONES.find(free => !used.has(free)) ?? TONES[index % TONES.length];
    used.add(chosen ?? 'info');
    return chosen ?? 'info';
  });
}

/** Path of a line, in which a null starts a new part, and of the values between nulls. */
function pathsOf(
  { values }: CardSeries,
  low: number,
  high: number,
): { readonly path: string; readonly dots: string } {
  const step = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  const height = high - low;
  const hasValue = (index: number): boolean => (values[index] ?? null) !== null;
  let [path, dots] = ['', ''];
  values.forEach((value, index) => {
    if (value === null) return;
    const y = height === 0 ? HEIGHT / 2 : HEIGHT * (1 - (value - low) / height);
    const place = `${index * step} ${y}`;
    if (hasValue(index - 1)) path += `L${place}`;
    else if (hasValue(index + 1)) path += `M${place}`;
    // A line without length has round ends.
    else dots += `M${place}l0 0`;
  });
  return { path, dots };
}

/** Markdown text. Its renderer is loaded on demand. */
export function markdownContent({ text }: Of<'markdown'>, context: LinkContext): TemplateResult {
  void import('../../features/scaffolder/template/MarkdownText');
  const follow = (event: Event & { readonly url?: string }): void => {
    const { url } = event;
    if (url !== undefined) context.follow({ type: 'url', url }, { toSide: false });
  };
  return html`<callboard-markdown
    class="card-markdown"
    .text=${text}
    @url-followed=${follow}
  ></callboard-markdown>`;
}
