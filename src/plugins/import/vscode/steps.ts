import * as vscode from 'vscode';
import { DisposableStore } from '../../../base';

/** What a step gives: an answer, the wish to go back, or nothing when it was dismissed. */
export type StepResult<T> = { readonly answer: T } | 'back' | undefined;

export interface StepOptions<TItem extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly items: readonly TItem[];
}

/** Lets the user pick any number of rows; those with `picked` are from the start. */
export function pickSeveral<TItem extends vscode.QuickPickItem>(
  options: StepOptions<TItem>,
): Promise<StepResult<readonly TItem[]>> {
  return ask(options, quickPick => {
    quickPick.canSelectMany = true;
    quickPick.selectedItems = options.items.filter(({ picked }) => picked);
    return () => quickPick.selectedItems;
  });
}

/** Lets the user pick one row. */
export async function pickOne<TItem extends vscode.QuickPickItem>(
  options: StepOptions<TItem>,
): Promise<StepResult<TItem>> {
  const result = await ask(options, quickPick => () => quickPick.selectedItems);
  if (typeof result !== 'object') return result;
  const [answer] = result.answer;
  return answer && { answer };
}

function ask<TItem extends vscode.QuickPickItem>(
  { title, placeholder, step, totalSteps, items }: StepOptions<TItem>,
  prepare: (quickPick: vscode.QuickPick<TItem>) => () => readonly TItem[],
): Promise<StepResult<readonly TItem[]>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const quickPick = store.add(vscode.window.createQuickPick<TItem>());
    quickPick.title = title;
    quickPick.placeholder = placeholder;
    quickPick.step = step;
    quickPick.totalSteps = totalSteps;
    quickPick.matchOnDescription = true;
    quickPick.ignoreFocusOut = true;
    quickPick.items = items;
    if (step > 1) quickPick.buttons = [vscode.QuickInputButtons.Back];
    const selected = prepare(quickPick);
    const finish = (result: StepResult<readonly TItem[]>): void => {
      resolve(result);
      store.dispose();
    };
    store.add(quickPick.onDidAccept(() => finish({ answer: selected() })));
    store.add(quickPick.onDidTriggerButton(() => finish('back')));
    store.add(quickPick.onDidHide(() => finish(undefined)));
    quickPick.show();
  });
}
