import type { LinkTarget } from '../../../../api';
import type { CatalogRowsView, CatalogSettings, CatalogTable } from '../../../catalog/core/pages';
import { answersOf, type RequestAnswer } from './requestAnswer';

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
  return answersOf({
    getCatalogTable: async (request, signal) => allowed(await table.getTable(request, signal)),
    getCatalogProgress: () => table.progress ?? {},
    stopCatalog: () => table.stop(),
    getCatalogRows: async (request, signal) => allowed(await table.getRows(request, signal)),
    exportCatalog: (request, signal) => table.export(request, signal),
    saveCatalogView: ({ name, query }) => settings.saveView(name, query),
    renameCatalogView: ({ name, newName }) => settings.renameView(name, newName),
    deleteCatalogView: ({ name }) => settings.deleteView(name),
    setCatalogColumns: ({ kind, columns }) => settings.setColumns(kind, columns),
  });
}
