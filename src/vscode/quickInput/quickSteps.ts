import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base';

/**
 * Prompts that follow one another. An answered prompt stays open until the next one is shown or the steps end. If it
 * closed at once, the editor would give the focus back to the webview that had it, and the webview would take it after
 * the next prompt is shown.
 */
export class QuickSteps implements Disposable {
  #open: Disposable | undefined;

  /** Shows a prompt in place of the open one. */
  show(input: vscode.QuickInput, prompt: Disposable): void {
    input.show();
    this.#open?.dispose();
    this.#open = prompt;
  }

  /** Closes the open prompt. */
  dispose(): void {
    this.#open?.dispose();
    this.#open = undefined;
  }
}

/**
 * What a step gives: an answer, the wish to go back or to fill the rest in on a page, where what was begun with is
 * kept, or nothing when it was dismissed.
 */
export type Step<T> =
  { readonly answer: T } | { readonly begun: T | undefined } | 'back' | undefined;

/** What a step gives, read as something else. */
export function mapStep<T, U>(step: Step<T>, read: (value: T) => U): Step<U> {
  if (typeof step !== 'object') return step;
  if ('answer' in step) return { answer: read(step.answer) };
  return { begun: step.begun === undefined ? undefined : read(step.begun) };
}

export interface StepFrame {
  readonly steps: QuickSteps;
  readonly title: string;
  /** 1-based; undefined for steps that aren't counted. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Whether there is a step to go back to. Default: from the second step on. */
  readonly canGoBack?: boolean;
  /** Whether the rest can be filled in on a page. */
  readonly hasPage: boolean;
}

export interface TextStep extends StepFrame {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly isPassword: boolean;
  /** What is wrong with a text; undefined where nothing is. */
  readonly validate: (text: string) => Promise<string | undefined>;
}

/** Asks for a text. It is judged as it is typed, and nobody goes on with what is wrong. */
export function askText(text: TextStep): Promise<Step<string>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    frame(input, text);
    input.prompt = text.prompt;
    input.placeholder = text.placeholder;
    input.value = text.value;
    input.password = text.isPassword;
    let isFinished = false;
    const finish = (step: Step<string>): void => {
      isFinished = true;
      input.busy = true;
      resolve(step);
    };
    let latest = 0;
    const judge = async (): Promise<boolean> => {
      const turn = ++latest;
      const message = await text.validate(input.value);
      // What was typed meanwhile is judged by itself.
      if (turn !== latest || isFinished || store.isDisposed) return false;
      input.validationMessage = message;
      return message === undefined;
    };
    store.add(input.onDidChangeValue(() => void judge()));
    let isAccepting = false;
    store.add(
      input.onDidAccept(async () => {
        // Who presses Enter again does not have what is being judged judged anew.
        if (isAccepting || isFinished) return;
        isAccepting = true;
        const answer = input.value;
        if (await judge()) finish({ answer });
        isAccepting = false;
      }),
    );
    store.add(
      input.onDidTriggerButton(button =>
        finish(button === toPage ? { begun: input.value } : 'back'),
      ),
    );
    store.add(input.onDidHide(() => finish(undefined)));
    text.steps.show(input, store);
  });
}

export interface PickStep<T extends vscode.QuickPickItem> extends StepFrame {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** Those that are chosen from the start; of one alone, the one that is active. */
  readonly chosen: readonly T[];
  readonly isSeveral: boolean;
  /** Whether what is typed is looked for in the second line, too. */
  readonly matchOnDetail?: boolean;
  /** A row for what was typed and is none of the rows. */
  readonly other?: (text: string) => T | undefined;
}

/** Lets the user choose among rows. */
export function askPick<T extends vscode.QuickPickItem>(
  options: PickStep<T>,
): Promise<Step<readonly T[]>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const pick = store.add(vscode.window.createQuickPick<T>());
    const { placeholder, items, chosen, isSeveral, other } = options;
    frame(pick, options);
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    pick.matchOnDetail = options.matchOnDetail ?? false;
    pick.canSelectMany = isSeveral;
    pick.items = items;
    if (isSeveral) pick.selectedItems = chosen;
    else if (chosen.length > 0) pick.activeItems = chosen;
    const finish = (step: Step<readonly T[]>): void => {
      pick.busy = true;
      resolve(step);
    };
    if (other) {
      store.add(
        pick.onDidChangeValue(text => {
          const row = other(text);
          const { selectedItems } = pick;
          pick.items = row ? [...items, row] : items;
          if (isSeveral) pick.selectedItems = selectedItems;
        }),
      );
    }
    store.add(
      pick.onDidAccept(() => finish({ answer: isSeveral ? pick.selectedItems : pick.activeItems })),
    );
    store.add(
      pick.onDidTriggerButton(button =>
        finish(button === toPage ? { begun: isSeveral ? pick.selectedItems : undefined } : 'back'),
      ),
    );
    store.add(pick.onDidHide(() => finish(undefined)));
    options.steps.show(pick, store);
  });
}

function frame(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, hasPage, canGoBack = (step ?? 1) > 1 }: StepFrame,
): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // A look into a file is no wish to give up.
  input.ignoreFocusOut = true;
  input.buttons = [
    ...(canGoBack ? [vscode.QuickInputButtons.Back] : []),
    ...(hasPage ? [toPage] : []),
  ];
}

const toPage: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('preview'),
  tooltip: vscode.l10n.t('Fill In on a Page'),
};
