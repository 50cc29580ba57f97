import * as vscode from 'vscode';
import { DisposableStore, withoutIcons } from '../../../../../api';
import { keepOrder } from '../../../../../platform/vscode/quickInput';
import { formatFilter, predicateErrorOf } from '../..';
import { parseFilter } from '../../tree/parseFilter';
import { PredicateCompleter } from '../../tree/predicateCompleter';
import type { CatalogViewContext } from '../tree/catalogViewContext';

interface FilterItem extends vscode.QuickPickItem {
  /** Text of the filter with this proposal; undefined for the item that keeps the filter. */
  readonly text: string | undefined;
}

/**
 * Asks for a filter: the tree follows every keystroke; Enter keeps the filter, Escape restores the previous one. Below
 * are proposals for a predicate.
 */
export async function filterCatalog(context: CatalogViewContext): Promise<void> {
  const { model, view, catalog } = context;
  await view.focus();
  const before = model.filter;
  const store = new DisposableStore();
  const input = store.add(vscode.window.createQuickPick<FilterItem>());
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
  keepOrder(input);
  const completer = store.add(new PredicateCompleter(catalog));
  let proposals: readonly FilterItem[] = [];
  /** The text that the proposals complete. */
  let completed: string | undefined;
  let error: string | undefined;
  let asking = new AbortController();
  const render = (): void => {
    const { shown, total } = model.counts;
    const label = vscode.l10n.t('{0} of {1} entities', shown, total);
    const detail = error === undefined ? {} : { detail: `$(error) ${withoutIcons(error)}` };
    const items = [{ label, text: undefined, alwaysShow: true, ...detail }, ...proposals];
    // New items make the first one active, also while the user chooses.
    if (JSON.stringify(items) === JSON.stringify(input.items)) return;
    input.items = items;
    // Enter can't keep an incomplete predicate: it completes it.
    const [proposal] = proposals;
    if (error !== undefined && proposal) input.activeItems = [proposal];
  };
  const propose = async (): Promise<void> => {
    asking.abort();
    const { signal } = (asking = new AbortController());
    const { value } = input;
    const found = await completer.complete(value, signal);
    signal.throwIfAborted();
    completed = value;
    proposals = found.map(({ label, count, text }) => ({
      label: withoutIcons(label),
      ...(count !== undefined && { description: `${count}` }),
      alwaysShow: true,
      text,
    }));
    render();
  };
  const apply = (): void => {
    input.busy = true;
    const filter = parseFilter(input.value);
    error = predicateErrorOf(filter);
    view.previewFilter(filter);
    // Fails only if the text changed meanwhile.
    propose().catch(() => undefined);
  };
  const count = (): void => {
    input.busy = false;
    render();
  };
  // The tree is built while the user types.
  store.add(model.onDidChange(count));
  count();
  const next = await new Promise<'keep' | 'pick' | 'restore'>(resolve => {
    const write = (text: string): void => {
      input.value = text;
      apply();
    };
    store.add(input.onDidChangeValue(apply));
    store.add(
      input.onDidAccept(() => {
        const text = input.activeItems[0]?.text;
        // Proposals for an earlier text would undo what was typed since.
        if (text !== undefined && completed === input.value) write(text);
        else if (error === undefined) resolve('keep');
      }),
    );
    store.add(
      input.onDidTriggerButton(button => {
        if (button === pickValues) resolve('pick');
        else write('');
      }),
    );
    store.add(input.onDidHide(() => resolve('restore')));
    input.show();
  });
  const written = parseFilter(input.value);
  asking.abort();
  store.dispose();
  if (next === 'restore') {
    view.previewFilter(before);
    return;
  }
  await view.setFilter(written);
  if (next === 'pick') await vscode.commands.executeCommand('callboard.catalog.filterBy');
}
