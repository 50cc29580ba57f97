import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';

/** A person or a team, by a picture that comes with the entity or by initials. */
export function profileContent(
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

/** Of the first and the last word, as people write them. */
export function initials(name: string): string {
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
