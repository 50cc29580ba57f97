import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CatalogQuery } from '../../../../src/api';
import { portalRequests, type SavedView } from '../../../../src/features/portal/protocol';
import type { PortalContext } from '../../../portal/portalContext';
import { button, checkbox, icon, iconButton, menuItem } from '../../../shared/controls';
import { LightElement } from '../../../shared/elements/LightElement';
import { translate } from '../../../shared/translate';
import {
  knownColumns,
  type OptionalColumn,
  optionalColumns,
  type PluginColumns,
  titleOfColumn,
} from './catalogColumns';
import { keyedList } from '../../../shared/keyedList';

/** Entries of the Export menu. */
export type ExportChoice = 'csv' | 'json' | 'markdown' | 'link';

/** @param choose - called with undefined to reset the columns */
export function columnMenu(
  shown: readonly OptionalColumn[],
  plugins: PluginColumns,
  choose: (columns: readonly OptionalColumn[] | undefined) => void,
): TemplateResult {
  const all = [...optionalColumns, ...plugins.map(({ id }) => id)];
  return html`${all.map(column =>
      checkbox({
        label: titleOfColumn(column, plugins),
        isChecked: shown.includes(column),
        change: isChecked => {
          const others = shown.filter(other => other !== column);
          choose(knownColumns(isChecked ? [...others, column] : others, plugins));
        },
      }),
    )}
    <div class="dropdown-separator" role="presentation"></div>
    ${menuItem(html`${icon('discard')}${translate('Reset')}`, () => choose(undefined))}`;
}

export function exportMenu(choose: (choice: ExportChoice) => void): TemplateResult {
  return html`${menuItem(html`${icon('table')}${translate('Export as CSV…')}`, () => choose('csv'))}
    ${menuItem(html`${icon('json')}${translate('Export as JSON…')}`, () => choose('json'))}
    <div class="dropdown-separator" role="presentation"></div>
    ${menuItem(html`${icon('markdown')}${translate('Copy as Markdown')}`, () => choose('markdown'))}
    ${menuItem(html`${icon('link')}${translate('Copy Link')}`, () => choose('link'))}`;
}

/** Menu of saved queries. Saves the current query under a name. */
@customElement('callboard-saved-views')
export class SavedViews extends LightElement {
  @property({ attribute: false }) accessor views: readonly SavedView[] = [];
  @property({ attribute: false }) accessor query: CatalogQuery = {};
  @property({ attribute: false }) accessor portal!: PortalContext;
  @property({ attribute: false }) accessor apply!: (query: CatalogQuery) => void;
  /** Name of the view that is being renamed. */
  @state() accessor #renamed: string | undefined;
  @state() accessor #problem: string | undefined;

  protected override render(): TemplateResult {
    return html`${
        this.views.length
          ? html`<ul>
              ${keyedList(
                this.views,
                ({ name }) => name,
                view =>
                  view.name === this.#renamed ? this.#renaming(view.name) : this.#view(view),
              )}
            </ul>`
          : html`<p class="dropdown-note">${translate('No saved views.')}</p>`
      }
      <div class="dropdown-separator" role="presentation"></div>
      <form class="view-form" @submit=${this.#save}>
        <input
          class="text-box"
          name="name"
          required
          maxlength="100"
          placeholder=${translate('View name')}
          aria-label=${translate('View name')}
        />
        ${button(translate('Save'), undefined, { isSubmit: true })}
      </form>`;
  }

  #view({ name, query }: SavedView): TemplateResult {
    const isShown = JSON.stringify(query) === JSON.stringify(this.query);
    return html`<li class="view">
      ${menuItem(
        html`${icon(isShown ? 'check' : 'bookmark')}<span class="check-label">${name}</span>`,
        () => this.apply(query),
        { isCurrent: isShown },
      )}
      ${iconButton('edit', translate('Rename {0}', name), () => this.#startRenaming(name))}
      ${iconButton('trash', translate('Delete {0}', name), () => this.#delete(name))}
    </li>`;
  }

  #renaming(name: string): TemplateResult {
    return html`<li>
      <form class="view-form" @submit=${(event: SubmitEvent) => this.#rename(event, name)}>
        <input
          class="text-box"
          name="name"
          required
          maxlength="100"
          .value=${name}
          aria-label=${translate('New name for {0}', name)}
          aria-invalid=${this.#problem === undefined ? 'false' : 'true'}
        />
        ${button(translate('Rename'), undefined, { isSubmit: true })}
      </form>
      ${
        this.#problem === undefined
          ? nothing
          : html`<p class="dropdown-note" role="alert">${this.#problem}</p>`
      }
    </li>`;
  }

  #startRenaming(name: string): void {
    this.#renamed = name;
    this.#problem = undefined;
    void this.updateComplete.then(() => this.#nameBox()?.select());
  }

  #rename(event: SubmitEvent, name: string): void {
    event.preventDefault();
    const newName = nameIn(event);
    if (newName !== name && this.views.some(view => view.name === newName)) {
      this.#problem = translate('A view with this name already exists.');
      return;
    }
    this.#renamed = undefined;
    void this.portal.request(portalRequests.renameCatalogView, { name, newName });
    this.#nameBox()?.focus();
  }

  #delete(name: string): void {
    void this.portal.request(portalRequests.deleteCatalogView, { name });
    // The button disappears with the view.
    this.#nameBox()?.focus();
  }

  #save = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = nameIn(event);
    if (name === '') return;
    void this.portal.request(portalRequests.saveCatalogView, { name, query: this.query });
    (event.target as HTMLFormElement).reset();
  };

  #nameBox(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>('input[name=name]');
  }
}

function nameIn(event: SubmitEvent): string {
  const name = new FormData(event.target as HTMLFormElement).get('name');
  return typeof name === 'string' ? name.trim() : '';
}
