import { html, type TemplateResult } from 'lit';
import { icon } from '../../../shared/parts';
import { translate } from '../../../shared/translate';
import {
  knownColumns,
  optionalColumns,
  type OptionalColumn,
  titleOfColumn,
} from './catalogColumns';

export type ExportFormat = 'csv' | 'json';

/** @param choose - undefined: the usual ones */
export function columnMenu(
  shown: readonly OptionalColumn[],
  choose: (columns: readonly OptionalColumn[] | undefined) => void,
): TemplateResult {
  return html`${optionalColumns.map(
      column =>
        html`<label class="check">
          <input
            type="checkbox"
            .checked=${shown.includes(column)}
            @change=${({ target }: Event) => {
              const { checked } = target as HTMLInputElement;
              const others = shown.filter(other => other !== column);
              choose(knownColumns(checked ? [...others, column] : others));
            }}
          />
          <span class="check-label">${titleOfColumn(column)}</span>
        </label>`,
    )}
    <div class="dropdown-separator" role="presentation"></div>
    <button class="dropdown-item" @click=${() => choose(undefined)}>
      ${icon('discard')}${translate('Reset')}
    </button>`;
}

export function exportMenu(choose: (format: ExportFormat) => void): TemplateResult {
  return html`${(['csv', 'json'] as const).map(
    format =>
      html`<button class="dropdown-item" @click=${() => choose(format)}>
        ${icon(format === 'csv' ? 'table' : 'json')}${
          format === 'csv' ? translate('Export as CSV…') : translate('Export as JSON…')
        }
      </button>`,
  )}`;
}
