import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent, CardField, Inline } from '../../../src/api';
import './Choices';
import { barsContent } from './bars';
import { codeContent } from './code';
import { entitiesContent } from './entities';
import { problemsContent } from './problems';
import { profileContent } from './profile';
import { treeContent } from './tree';
import { badge, emptyState, icon, iconButton } from '../controls';
import { copyText } from '../copyText';
import { entityLink, link, type LinkContext } from '../links';
import { translate } from '../translate';

/** Draws what a card shows. */
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
      return html`<span class="code-piece"
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

/** Signs tell what went and what came, also where there are no colours. */
function change(
  { change: kind, piece }: Extract<Inline, { type: 'change' }>,
  context: LinkContext,
): TemplateResult {
  const [sign, label] = kind === 'added' ? ['+', translate('New:')] : ['−', translate('Gone:')];
  return html`<span class="change is-${kind}"
    ><span class="change-sign" role="img" aria-label=${label}>${sign}</span
    ><span class="change-piece">${inline(piece, context)}</span></span
  >`;
}

function linksContent(
  { links, empty }: Extract<CardContent, { type: 'links' }>,
  context: LinkContext,
): TemplateResult {
  if (!links.length) return emptyState({ text: empty ?? translate('There are no links.') });
  return html`<ul class="links">
    ${links.map(
      ({ text, target, icon: name, description }) =>
        html`<li>${icon(name)}${link(text, target, context, { title: description })}</li>`,
    )}
  </ul>`;
}

/** A page of docs, where it can be gone from to others; the reader is loaded with the first one. */
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

/** A small graph; what draws it is loaded with the first one. */
function graphContent(
  { query }: Extract<CardContent, { type: 'graph' }>,
  context: LinkContext,
): TemplateResult {
  void import('../graph/GraphCard');
  return html`<callboard-graph-card .query=${query} .context=${context}></callboard-graph-card>`;
}
