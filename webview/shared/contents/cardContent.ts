import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CardContent, CardField, Inline, Problem, Severity } from '../../../src/api';
import { problemFix } from '../../../src/model/presentation';
import { badge, copyText, emptyState, icon, iconButton } from '../controls';
import { LightElement } from '../elements/LightElement';
import { entityLink, link, type LinkContext } from '../links';
import { translate } from '../translate';
import { type DrawContent, treeContent } from './CardTree';
import { codeContent } from './CodeView';
import { entitiesContent } from './entities';
import {
  chartContent,
  markdownContent,
  metricsContent,
  ratingContent,
  statusContent,
  tableContent,
  timelineContent,
} from './figures';
import { keyedList } from '../keyedList';

/** Renders the content of a card. */
export function cardContent(content: CardContent, context: LinkContext): TemplateResult {
  switch (content.type) {
    case 'text':
      return html`<p class="prose">${content.text}</p>`;
    case 'fields':
      return fieldsContent(content.fields, context);
    case 'entities':
      return entitiesContent(content, context);
    case 'links':
      return linksContent(content, context);
    case 'labels':
      return html`<dl class="labels">
        ${content.labels.map(
          ({ key, value }) =>
            html`<div>
              <dt>${key}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`;
    case 'code':
      return codeContent(content, context);
    case 'tree':
      return treeContent(content, context, cardContent, content.selected);
    case 'bars':
      return barsContent(content, context);
    case 'metrics':
      return metricsContent(content, context);
    case 'rating':
      return ratingContent(content, context);
    case 'status':
      return statusContent(content, context);
    case 'timeline':
      return timelineContent(content, context);
    case 'table':
      return tableContent(content, piece => inline(piece, context));
    case 'chart':
      return chartContent(content);
    case 'markdown':
      return markdownContent(content, context);
    case 'problems':
      return problemsContent(content, context);
    case 'graph':
      return graphContent(content, context);
    case 'docs':
      return docsContent(content, context);
    case 'message':
      return html`<div class="message tone-${content.tone}" role="note">
        <p class="message-text">${content.text}</p>
        ${content.detail === undefined ? nothing : html`<p class="prose">${content.detail}</p>`}
        ${
          content.entityRefs?.length
            ? html`<p class="message-entities">
                ${content.entityRefs.map(ref => entityLink(ref, context, { showsKind: true }))}
              </p>`
            : nothing
        }
        ${
          content.actions?.length
            ? html`<p class="message-actions">
                ${content.actions.map(({ text, target }) => link(text, target, context))}
              </p>`
            : nothing
        }
      </div>`;
    case 'profile':
      return profileContent(content, fieldsContent(content.fields, context));
    case 'choices':
      return html`<callboard-choices
        .content=${content}
        .context=${context}
        .draw=${cardContent}
      ></callboard-choices>`;
    case 'sections':
      return html`${content.sections.map(
        section =>
          html`<section class="card-section">
            ${section.title === undefined ? nothing : html`<h3>${section.title}</h3>`}
            ${
              section.description === undefined
                ? nothing
                : html`<p class="section-description">${section.description}</p>`
            }
            ${cardContent(section.content, context)}
          </section>`,
      )}`;
  }
}

function fieldsContent(fields: readonly CardField[], context: LinkContext): TemplateResult {
  return html`<dl class="fields">${fields.map(field => fieldRow(field, context))}</dl>`;
}

function fieldRow({ label, value, wide }: CardField, context: LinkContext): TemplateResult {
  return html`<div class="field ${wide ? 'is-wide' : ''}">
    <dt>${label}</dt>
    <dd>
      ${
        value.length
          ? value.map(piece => inline(piece, context))
          : html`<span class="nothing" aria-label=${translate('None')}>—</span>`
      }
    </dd>
  </div>`;
}

export function inline(piece: Inline, context: LinkContext): TemplateResult {
  switch (piece.type) {
    case 'text':
      return html`<span class="toned tone-${piece.tone ?? 'none'}">${piece.text}</span>`;
    case 'entity':
      return entityLink(piece.entityRef, context);
    case 'badge':
      return piece.target
        ? link(badge(piece.text, piece.tone), piece.target, context, { className: 'badge-link' })
        : badge(piece.text, piece.tone);
    case 'link':
      return link(html`${icon(piece.icon)}${piece.text}`, piece.target, context);
    case 'code':
      return html`<span class="inline-row code-piece"
        ><code>${piece.text}</code>${
          piece.canCopy
            ? iconButton('copy', translate('Copy'), ({ currentTarget }) =>
                copyText(currentTarget as HTMLElement, piece.text),
              )
            : nothing
        }</span
      >`;
    case 'change':
      return change(piece, context);
  }
}

/** Signs mark additions and removals without relying on color. */
function change(
  { change: kind, piece }: Extract<Inline, { type: 'change' }>,
  context: LinkContext,
): TemplateResult {
  const [sign, label] =
    kind === 'added' ? ['+', translate('Added:')] : ['−', translate('Removed:')];
  return html`<span class="change is-${kind}"
    ><span class="change-sign" role="img" aria-label=${label}>${sign}</span
    ><span class="change-piece">${inline(piece, context)}</span></span
  >`;
}

function linksContent(
  { links, empty }: Extract<CardContent, { type: 'links' }>,
  context: LinkContext,
): TemplateResult {
  if (!links.length) return emptyState({ text: empty ?? translate('No links.') });
  return html`<ul class="links">
    ${keyedList(
      links,
      ({ text, target }) => JSON.stringify([text, target]),
      ({ text, target, icon: name, description }) =>
        html`<li>${icon(name)}${link(text, target, context, { title: description })}</li>`,
    )}
  </ul>`;
}

/** A docs page with navigation within its site. The reader is loaded on demand. */
function docsContent(
  content: Extract<CardContent, { type: 'docs' }>,
  context: LinkContext,
): TemplateResult {
  const { site, path, anchor } = content;
  const page = { page: 'docs', site, path, anchor } as const;
  if (!context.docs) {
    const text = html`${icon('book')}${translate('Open Docs')}`;
    return html`<p>${link(text, { type: 'page', page }, context)}</p>`;
  }
  void import('../../features/techdocs/DocsCard');
  return html`<callboard-docs-card .docs=${page} .context=${context}></callboard-docs-card>`;
}

/** A small graph. Its renderer is loaded on demand. */
function graphContent(
  { query }: Extract<CardContent, { type: 'graph' }>,
  context: LinkContext,
): TemplateResult {
  void import('../graph/GraphCard');
  return html`<callboard-graph-card .query=${query} .context=${context}></callboard-graph-card>`;
}

/** Bars for numbers, scaled to the largest. */
function barsContent(
  { bars, empty }: Extract<CardContent, { type: 'bars' }>,
  context: LinkContext,
): TemplateResult {
  if (!bars.length) return emptyState({ text: empty ?? translate('No data.') });
  const largest = Math.max(...bars.map(({ value }) => value), 1);
  return html`<ul class="bars">
    ${bars.map(({ label, value, total = largest, text = `${value}`, tone = 'info', ...bar }) => {
      const content = html`${icon(bar.icon)}${label}`;
      return html`<li class="bar">
        <span class="bar-label">${bar.target ? link(content, bar.target, context) : content}</span>
        <svg
          class="bar-track tone-${tone}"
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect class="bar-all" width="100" height="1"></rect>
          <rect class="bar-value" width=${total > 0 ? (100 * value) / total : 0} height="1"></rect>
        </svg>
        <span class="bar-text" title=${bar.details ?? nothing}
          >${bar.textTarget ? link(text, bar.textTarget, context, { label: `${label}: ${text}` }) : text}${
            bar.details === undefined
              ? nothing
              : html`<span class="visually-hidden"> (${bar.details})</span>`
          }</span
        >
      </li>`;
    })}
  </ul>`;
}

const icons: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'lightbulb',
};

/** Problems with links to their locations. */
function problemsContent(
  { problems, empty }: Extract<CardContent, { type: 'problems' }>,
  context: LinkContext,
): TemplateResult {
  if (!problems.length) {
    return emptyState({ icon: 'pass', text: empty ?? translate('No problems.') });
  }
  return html`<ul class="problems">
    ${keyedList(
      problems,
      ({ code, message, file }) => JSON.stringify([code, message, file]),
      problem => problemRow(problem, context),
    )}
  </ul>`;
}

function problemRow(problem: Problem, context: LinkContext): TemplateResult {
  const { severity, code, message, file, range } = problem;
  return html`<li class="problem severity-${severity}">
    ${icon(icons[severity])}
    <div>
      ${
        file === undefined
          ? html`<span>${message}</span>`
          : link(message, { type: 'source', file, range }, context)
      }
      <span class="problem-code">${code}</span>
      ${fixLink(problem, context)}
      ${
        problem.related?.map(
          place =>
            html`<div class="problem-related">
              ${link(place.message, { type: 'source', file: place.file, range: place.range }, context)}
            </div>`,
        ) ?? nothing
      }
    </div>
  </li>`;
}

function fixLink(problem: Problem, context: LinkContext): TemplateResult | typeof nothing {
  const target = problemFix(problem);
  if (!target) return nothing;
  const content = html`${icon('lightbulb')}${translate('Fix…')}`;
  const label = translate('Fix: {0}', problem.message);
  return link(content, target, context, { className: 'problem-fix', label });
}

/** A user or group, with an embedded picture or initials. */
function profileContent(
  { name, description, picture }: Extract<CardContent, { type: 'profile' }>,
  fields: TemplateResult,
): TemplateResult {
  return html`<div class="profile">
    ${
      picture !== undefined && picture.startsWith('data:image/')
        ? html`<img class="avatar" src=${picture} alt="" />`
        : html`<span class="avatar" aria-hidden="true">${initials(name)}</span>`
    }
    <div class="profile-names">
      <p class="profile-name">${name}</p>
      ${description === undefined ? nothing : html`<p class="prose">${description}</p>`}
    </div>
    ${fields}
  </div>`;
}

/** Returns the initials of the first and the last word. */
function initials(name: string): string {
  const words = name
    .slice(0, 500)
    .replace(/\(.*?\)/g, ' ')
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map(word => (word === undefined ? '' : ([...word][0] ?? '')))
    .join('')
    .toLocaleUpperCase();
}

/** Contents to switch between with a radio group. */
@customElement('callboard-choices')
export class Choices extends LightElement {
  @property({ attribute: false }) accessor content:
    | Extract<CardContent, { type: 'choices' }>
    | undefined;
  @property({ attribute: false }) accessor context: LinkContext | undefined;
  @property({ attribute: false }) accessor draw: DrawContent | undefined;
  @state() accessor #chosen: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { content, context, draw } = this;
    if (!content || !context || !draw) return nothing;
    const { choices, label } = content;
    const chosen = choices.find(({ id }) => id === this.#chosen) ?? choices[0];
    return html`<div
        class="choices"
        role="radiogroup"
        aria-label=${label}
        @keydown=${this.#keyPressed}
      >
        ${choices.map(
          ({ id, title }) =>
            html`<button
              class="choice"
              role="radio"
              aria-checked=${id === chosen?.id ? 'true' : 'false'}
              tabindex=${id === chosen?.id ? 0 : -1}
              @click=${() => (this.#chosen = id)}
            >
              ${title}
            </button>`,
        )}
      </div>
      ${chosen ? draw(chosen.content, context) : nothing}`;
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const buttons = [...this.querySelectorAll<HTMLElement>(':scope > .choices > .choice')];
    const index = buttons.findIndex(button => button === event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : buttons.at((index + step) % buttons.length);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
}
