import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CatalogQuery, PortalPage } from '../../../../src/api';
import { errorMessage, ownValue } from '../../../../src/base';
import {
  type CatalogTableView,
  failedDescriptors,
  portalRequests,
} from '../../../../src/features/portal/protocol';
import { activeFilters, filteredTitle } from './activeFilters';
import './CatalogFilters';
import './CatalogGrid';
import './CatalogTextBox';
import type { CatalogGrid } from './CatalogGrid';
import './CatalogWait';
import {
  type CatalogColumn,
  defaultColumns,
  defaultPluginColumns,
  fittingColumns,
  knownColumns,
  type OptionalColumn,
  type ResizedColumns,
} from './catalogColumns';
import './catalogMenus';
import { columnMenu, type ExportChoice, exportMenu } from './catalogMenus';
import { firstQuery, hasFilters, kindTitle, sortedBy, withoutFilters } from './catalogQueries';
import { RowWindows, WINDOW } from './rowWindows';
import type { PortalContext, PortalPageElement } from '../../../portal/portalContext';
import {
  button,
  emptyState,
  failedPage,
  failedState,
  filtersButton,
  icon,
  secondaryButton,
} from '../../../shared/controls';
import '../../../shared/elements/Dropdown';
import { LightElement } from '../../../shared/elements/LightElement';
import { Resource } from '../../../shared/host/Resource';
import { link, type LinkContext } from '../../../shared/links';
import { formatNumber, translate } from '../../../shared/translate';

type Page = Extract<PortalPage, { page: 'catalog' }>;

/** Milliseconds without scrolling before the position is saved. */
const SAVE_DELAY = 200;

/** Catalog table with its filters. */
@customElement('callboard-catalog-page')
export class CatalogPage extends LightElement implements PortalPageElement {
  @property({ attribute: false }) accessor page: Page = { page: 'catalog' };
  @property({ attribute: false }) accessor portal!: PortalContext;
  @state() accessor #facetTexts: Readonly<Record<string, string>> = {};
  /** Whether filters are shown on a narrow page. */
  @state() accessor #showsFilters = false;
  @state() accessor #failure: string | undefined;
  /** Width of the table in pixels, without padding and scroll bar. */
  @state() accessor #tableWidth = tableWidth();
  /** Announced message, such as after copying. */
  @state() accessor #announcement = '';

  /** Row to scroll to once there are rows. */
  #wantedRow: number | undefined;
  /** Row to keep in view, with its index. */
  #anchor: { readonly ref: string; readonly index: number } | undefined;
  #noting: ReturnType<typeof setTimeout> | undefined;

  #view = new Resource(this, async signal => {
    const { start, around } = this.#place();
    const request = { query: this.#query, start, count: WINDOW, facetTexts: this.#facetTexts };
    const view = await this.portal.request(
      portalRequests.getCatalogTable,
      { ...request, ...(around !== undefined && { around }) },
      signal,
    );
    this.#rows.reset(view);
    this.#settle(view);
    return view;
  });
  #rows = new RowWindows({
    load: (start, signal) =>
      this.portal.request(
        portalRequests.getCatalogRows,
        { query: this.#query, start, count: WINDOW },
        signal,
      ),
    changed: () => this.#grid?.requestUpdate(),
    outdated: () => this.refresh(),
  });

  refresh(): void {
    if (this.querySelector('callboard-catalog-wait')?.isCancelled) return;
    this.#rememberPlace();
    void this.#view.reload();
  }

  #measure = (): void => {
    this.#tableWidth = tableWidth();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('resize', this.#measure);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('resize', this.#measure);
    clearTimeout(this.#noting);
    this.#rows.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const isSame =
      changed.get('page') !== undefined &&
      JSON.stringify(changed.get('page')?.query) === JSON.stringify(this.page.query);
    if (isSame) return;
    this.#facetTexts = {};
    this.#anchor = undefined;
    this.#wantedRow = this.page.row ?? 0;
    this.#rows.abort();
    void this.#view.reload();
  }

  protected override updated(): void {
    const view = this.#view.value;
    const query = this.#query;
    const name = query.kind === 'api' ? translate('APIs') : translate('Catalog');
    this.portal.setTitle(view && hasFilters(query) ? this.#title(view) : name);
  }

  protected override render(): TemplateResult {
    const view = this.#view.state;
    if (view.status === 'loading' || isLoadingCatalog(this.#view.value)) {
      return html`<callboard-catalog-wait
        .portal=${this.portal}
        .stop=${() => this.#view.stop()}
        .start=${() => this.refresh()}
      ></callboard-catalog-wait>`;
    }
    if (view.status === 'failed') return failedPage(view.message, () => this.refresh());
    return html`<div class="catalog-page" aria-busy=${view.isStale ? 'true' : 'false'}>
      <aside
        class="page-filters ${this.#showsFilters ? 'is-open' : ''}"
        aria-label=${translate('Filters')}
      >
        <callboard-catalog-filters
          .view=${view.value}
          .query=${this.#query}
          .change=${this.#change}
          .facetTexts=${this.#facetTexts}
          .changeFacetText=${this.#changeFacetText}
        ></callboard-catalog-filters>
      </aside>
      <section class="catalog-main" aria-labelledby="catalog-title">
        ${this.#toolbar(view.value)} ${this.#textError(view.value)}
        ${activeFilters(this.#query, view.value, { change: this.#change, clear: this.#clear })}
        ${
          this.#failure === undefined
            ? nothing
            : html`<p class="inline-row catalog-failure" role="alert">
                ${icon('error')}${this.#failure}
              </p>`
        }
        ${this.#table(view.value)}
        <p class="visually-hidden" role="status">${this.#announcement}</p>
      </section>
    </div>`;
  }

  #toolbar(view: CatalogTableView): TemplateResult {
    const query = this.#query;
    return html`<header class="row catalog-header">
      ${this.#heading(view)} ${this.#failed(view)}
      <callboard-catalog-text
        .text=${query.text ?? ''}
        .error=${view.textError}
        .change=${this.#textTyped}
      ></callboard-catalog-text>
      ${filtersButton(this.#showsFilters, () => (this.#showsFilters = !this.#showsFilters))}
      <callboard-dropdown
        label=${translate('Views')}
        icon="bookmark"
        .content=${(close: () => void) =>
          html`<callboard-saved-views
            .views=${view.settings.views}
            .query=${query}
            .portal=${this.portal}
            .apply=${(chosen: CatalogQuery) => {
              this.#change(chosen);
              close();
            }}
          ></callboard-saved-views>`}
      ></callboard-dropdown>
      <callboard-dropdown
        label=${translate('Columns')}
        icon="layout"
        .content=${() => columnMenu(this.#columns(view), view.columns, this.#chooseColumns)}
      ></callboard-dropdown>
      <callboard-dropdown
        label=${translate('Export')}
        icon="export"
        .content=${(close: () => void) =>
          exportMenu(choice => {
            close();
            void this.#export(choice);
          })}
      ></callboard-dropdown>
    </header>`;
  }

  #heading(view: CatalogTableView): TemplateResult {
    const title = this.#title(view);
    return html`<h1 id="catalog-title" title=${title} aria-live="polite">${title}</h1>`;
  }

  #title(view: CatalogTableView): string {
    return filteredTitle(this.#query, view);
  }

  #textError({ textError }: CatalogTableView): TemplateResult | typeof nothing {
    if (textError === undefined) return nothing;
    return html`<p class="inline-row catalog-text-error" role="status">
      ${icon('error')}${translate('The predicate is ignored: {0}', textError)}
    </p>`;
  }

  #failed({ failed }: CatalogTableView): TemplateResult | typeof nothing {
    if (failed === 0) return nothing;
    const text = html`${icon('warning')}${translate('{0} with errors', formatNumber(failed))}`;
    const context = { follow: this.portal.follow };
    return link(text, failedDescriptors(this.#query.kind), context, {
      className: 'inline-row catalog-failed',
      title: translate("Descriptors with errors aren't in the catalog. Show in Catalog Health"),
    });
  }

  #table(view: CatalogTableView): TemplateResult {
    if (!view.total) return this.#empty(view);
    const context: LinkContext = { glances: this.#rows.glances, follow: this.portal.follow };
    return html`<callboard-catalog-grid
      label=${this.#title(view)}
      .rows=${this.#rows}
      .columns=${['name', ...this.#columns(view)] satisfies CatalogColumn[]}
      .plugins=${view.columns}
      .widths=${ownValue(view.settings.widths, this.#query.kind ?? '') ?? {}}
      .resized=${this.#resized}
      .sort=${this.#query.sort}
      .context=${context}
      .sortBy=${(column: CatalogColumn) => this.#change(sortedBy(this.#query, column))}
      .star=${(entityRef: string, isStarred: boolean) =>
        void this.portal.request(portalRequests.setStarred, { entityRef, isStarred })}
      .seen=${this.#seen}
    ></callboard-catalog-grid>`;
  }

  #empty({ status, kinds, names }: CatalogTableView): TemplateResult {
    const query = this.#query;
    const isFiltered = hasFilters(query);
    if (status === 'failed') return failedState(translate("Can't load the catalog."));
    const others = kinds.some(({ count }) => count > 0);
    return emptyState({
      icon: 'search-stop',
      text: isFiltered
        ? translate('No {0} match the filters.', kindTitle(query.kind, names))
        : translate('No {0} in the catalog.', kindTitle(query.kind, names)),
      detail:
        isFiltered || others
          ? undefined
          : translate('Callboard reads them from the YAML files in the workspace.'),
      actions: html`<div class="state-actions">
        ${isFiltered ? button(translate('Clear Filters'), this.#clear) : nothing}
        ${
          query.kind !== undefined && others
            ? secondaryButton(translate('Show All Kinds'), () => {
                const { kind: _kind, ...rest } = query;
                this.#change(rest);
              })
            : nothing
        }
      </div>`,
    });
  }

  get #query(): CatalogQuery {
    return this.page.query ?? firstQuery;
  }

  get #grid(): CatalogGrid | null {
    return this.querySelector<CatalogGrid>('callboard-catalog-grid');
  }

  #columns({ settings, columns: plugins }: CatalogTableView): readonly OptionalColumn[] {
    const { kind } = this.#query;
    const key = kind ?? '';
    const chosen = ownValue(settings.columns, key);
    if (chosen) return knownColumns(chosen, plugins);
    const columns = [...defaultColumns(kind), ...defaultPluginColumns(plugins)];
    return fittingColumns(columns, ownValue(settings.widths, key) ?? {}, this.#tableWidth);
  }

  #change = (query: CatalogQuery): void => {
    const page: Page = { page: 'catalog', query };
    this.portal.replace(page);
    this.page = page;
  };

  #chooseColumns = (columns: readonly OptionalColumn[] | undefined): void => {
    const { kind = '' } = this.#query;
    void this.portal.request(portalRequests.setCatalogColumns, {
      kind,
      ...(columns && { columns }),
    });
  };

  #resized = (widths: ResizedColumns): void => {
    const { kind = '' } = this.#query;
    void this.portal.request(portalRequests.setCatalogWidths, { kind, widths });
  };

  #clear = (): void => {
    this.#change(withoutFilters(this.#query));
    this.querySelector('callboard-catalog-text')?.focus();
  };

  #textTyped = (text: string): void => {
    const { text: _text, ...others } = this.#query;
    this.#change(text === '' ? others : { ...others, text });
  };

  #changeFacetText = (facet: string, text: string): void => {
    this.#facetTexts = { ...this.#facetTexts, [facet]: text };
    this.refresh();
  };

  #seen = (first: number, end: number): void => {
    this.#rows.want(first, end);
    clearTimeout(this.#noting);
    this.#noting = setTimeout(() => this.#note(), SAVE_DELAY);
  };

  /** Saves the first visible row, for returning to the page. */
  #note(): void {
    const row = this.#grid?.firstRow ?? 0;
    this.portal.replace({ page: 'catalog', query: this.#query, ...(row > 0 && { row }) });
  }

  #rememberPlace(): void {
    const grid = this.#grid;
    if (!grid) return;
    const index = grid.activeRow ?? grid.firstRow;
    const row = this.#rows.get(index) ?? this.#rows.get(grid.firstRow);
    if (row) this.#anchor = { ref: row.ref, index };
  }

  /** Range of rows to request with the view. */
  #place(): { readonly start: number; readonly around?: string } {
    const first = this.#wantedRow ?? this.#grid?.firstRow ?? 0;
    const start = Math.max(0, first - Math.floor(WINDOW / 4));
    return { start, ...(this.#anchor && { around: this.#anchor.ref }) };
  }

  /** Keeps the anchor row in view after the rows changed. */
  #settle({ aroundIndex }: CatalogTableView): void {
    const [anchor, wanted] = [this.#anchor, this.#wantedRow];
    this.#anchor = undefined;
    this.#wantedRow = undefined;
    void this.updateComplete.then(async () => {
      const grid = this.#grid;
      if (!grid) return;
      grid.requestUpdate();
      await grid.updateComplete;
      if (wanted !== undefined && wanted > 0) grid.showRow(wanted);
      else if (wanted !== undefined) grid.restart();
      else if (anchor && aroundIndex !== undefined && aroundIndex !== anchor.index) {
        grid.moved(aroundIndex - anchor.index);
      }
    });
  }

  async #export(format: ExportChoice): Promise<void> {
    try {
      this.#failure = undefined;
      this.#announcement = '';
      const query = this.#query;
      if (format === 'link') {
        await this.portal.request(portalRequests.copyLink, { page: { page: 'catalog', query } });
        this.#announcement = translate('Copied');
        return;
      }
      const content = await this.portal.request(portalRequests.exportCatalog, { query, format });
      if (format === 'markdown') {
        await this.portal.request(portalRequests.copy, { text: content });
        this.#announcement = translate('Copied');
        return;
      }
      const { kind = 'catalog' } = query;
      const name = `${kind.replace(/[^\w-]/g, '-')}.${format}`;
      await this.portal.request(portalRequests.save, { name, content });
    } catch (error) {
      this.#failure = errorMessage(error);
    }
  }
}

/** Filters stand beside the table on wide pages, as in the style sheet. */
function tableWidth(): number {
  return window.innerWidth - (window.innerWidth > 800 ? 220 : 0) - 24;
}

/** Whether there are no entities yet, so that all numbers are still unknown. */
function isLoadingCatalog(view: CatalogTableView | undefined): boolean {
  return (
    view !== undefined &&
    (view.status === 'idle' || view.status === 'indexing') &&
    !view.kinds.length
  );
}
