import type { LinkTarget } from '../../../../api';
import type { CatalogRowsView, CatalogSettings, CatalogTable } from '../../../catalog/core/pages';
import { portalRequests as requests } from '../../protocol';
import { portalRequestParams as checks } from '../../protocol/validation';
import { answering, type RequestAnswer } from './requestAnswer';

export interface CatalogAnswersDeps {
  readonly table: CatalogTable;
  readonly settings: CatalogSettings;
  /** Is told of the places that a page comes to know. */
  readonly allow: (targets: Iterable<LinkTarget>) => void;
}

/** What the page of the catalog asks for. */
export function catalogAnswers({
  table,
  settings,
  allow,
}: CatalogAnswersDeps): readonly RequestAnswer[] {
  const allowed = <T extends CatalogRowsView>(view: T): T => {
    allow(
      view.rows.flatMap(({ source }): LinkTarget[] =>
        source ? [{ type: 'source', file: source.file, range: source.nameRange }] : [],
      ),
    );
    return view;
  };
  return [
    answering(requests.getCatalogTable, checks.getCatalogTable, async (request, signal) =>
      allowed(await table.getTable(request, signal)),
    ),
    answering(requests.getCatalogProgress, checks.getCatalogProgress, () => table.progress ?? {}),
    answering(requests.stopCatalog, checks.stopCatalog, () => table.stop()),
    answering(requests.getCatalogRows, checks.getCatalogRows, async (request, signal) =>
      allowed(await table.getRows(request, signal)),
    ),
    answering(requests.exportCatalog, checks.exportCatalog, (request, signal) =>
      table.export(request, signal),
    ),
    answering(requests.saveCatalogView, checks.saveCatalogView, ({ name, query }) =>
      settings.saveView(name, query),
    ),
    answering(requests.renameCatalogView, checks.renameCatalogView, ({ name, newName }) =>
      settings.renameView(name, newName),
    ),
    answering(requests.deleteCatalogView, checks.deleteCatalogView, ({ name }) =>
      settings.deleteView(name),
    ),
    answering(requests.setCatalogColumns, checks.setCatalogColumns, ({ kind, columns }) =>
      settings.setColumns(kind, columns),
    ),
  ];
}
