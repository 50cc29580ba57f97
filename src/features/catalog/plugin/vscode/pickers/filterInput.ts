import * as vscode from 'vscode';
import { DisposableStore } from '../../../../../api';
import { formatFilter, predicateErrorOf } from '../..';
import { parseFilter } from '../../tree/parseFilter';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Asks for a filter: the tree follows every keystroke; Enter keeps the filter, Escape restores the previous one. */
export async function filterCatalog(context: CatalogViewContext): Promise<void> {
  const { model, view } = context;
  await view.focus();
  const before = model.filter;
  const store = new DisposableStore();
  const input = store.add(vscode.window.createInputBox());
  const pickValues: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('list-selection'),
    tooltip: vscode.l10n.t('Select Filters…'),
  };
  const clear: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('clear-all'),
    tooltip: vscode.l10n.t('Clear'),
  };
  input.title = vscode.l10n.t('Filter Catalog');
  input.placeholder = vscode.l10n.t(
    'Words, or kind: type: owner: lifecycle: tag: is:mine is:starred. Exclude with a hyphen: -tag:beta. Predicates: where:{"spec.type": "grpc"}',
  );
  input.value = formatFilter(before);
  input.buttons = [pickValues, clear];
  const apply = (): void => {
    input.busy = true;
    const filter = parseFilter(input.value);
    input.validationMessage = predicateErrorOf(filter);
    view.previewFilter(filter);
  };
  const count = (): void => {
    input.busy = false;
    const { shown, total } = model.counts;
    input.prompt = vscode.l10n.t('{0} of {1} entities', shown, total);
  };
  // The tree is built while the user types.
  store.add(model.onDidChange(count));
  count();
  const next = await new Promise<'keep' | 'pick' | 'restore'>(resolve => {
    store.add(input.onDidChangeValue(apply));
    store.add(
      input.onDidAccept(() => {
        if (input.validationMessage === undefined) resolve('keep');
      }),
    );
    store.add(
      input.onDidTriggerButton(button => {
        if (button === pickValues) {
          resolve('pick');
          return;
        }
        input.value = '';
        apply();
      }),
    );
    store.add(input.onDidHide(() => resolve('restore')));
    input.show();
  });
  const written = parseFilter(input.value);
  store.dispose();
  if (next === 'restore') {
    view.previewFilter(before);
    return;
  }
  await view.setFilter(written);
  if (next === 'pick') await vscode.commands.executeCommand('callboard.catalog.filterBy');
}
