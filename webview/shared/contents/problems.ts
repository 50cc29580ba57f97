import { html, nothing, type TemplateResult } from 'lit';
import type { CardContent, Problem, Severity } from '../../../src/api';
import { emptyState, icon } from '../controls';
import { link, type LinkContext } from '../links';
import { translate } from '../translate';

const icons: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'lightbulb',
};

/** Problems, each leading to its place. */
export function problemsContent(
  { problems, empty }: Extract<CardContent, { type: 'problems' }>,
  context: LinkContext,
): TemplateResult {
  if (!problems.length) {
    return emptyState({ icon: 'pass', text: empty ?? translate('Nothing is wrong.') });
  }
  return html`<ul class="problems">
    ${problems.map(problem => problemRow(problem, context))}
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
