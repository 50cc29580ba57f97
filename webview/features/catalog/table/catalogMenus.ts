import { html, type TemplateResult } from 'lit';
import {
  knownColumns,
  type OptionalColumn,
  optionalColumns,
  titleOfColumn,
} from './catalogColumns';
import { checkbox, icon, menuItem } from '../../../shared/controls';
import { translate } from '../../../shared/translate';

export type ExportFormat = 'csv' | 'json';

/** @param choose - undefined: the usual ones */
export function columnMenu(
  shown: readonly OptionalColumn[],
  choose: (columns: readonly OptionalColumn[] | undefined) => void,
): TemplateResult {
  return html`${optionalColumns.map(column =>
      checkbox({
        label: titleOfColumn(column),
        isChecked: shown.includes(column),
        change: isChecked => {
          const others = shown.filter(other => other !== column);
          choose(knownColumns(isChecked ? [...others, column] : others));
        },
      }),
    )}
    <div class="dropdown-separator" role="presentation"></div>
    ${menuItem(html`${icon('discard')}${translate('Reset')}`, () => choose(undefined))}`;
}

export function exportMenu(choose: (format: ExportFormat) => void): TemplateResult {
  return html`${menuItem(html`${icon('table')}${translate('Export as CSV…')}`, () => choose('csv'))}
  ${menuItem(html`${icon('json')}${translate('Export as JSON…')}`, () => choose('json'))}`;
}
