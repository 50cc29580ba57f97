import * as vscode from 'vscode';
import { DisposableStore } from '../../../base';

/** What a step gives: an answer, the wish to go back, or nothing when it was dismissed. */
export type StepResult<T> = { readonly answer: T } | 'back' | undefined;

export interface StepFrame {
  readonly title: string;
  /** 1-based. */
  readonly step: number;
  /** Undefined where that depends on the answer. */
  readonly totalSteps: number | undefined;
}

/** Lets the user pick one row. */
export function askOne<T extends vscode.QuickPickItem>(
  options: StepFrame & { readonly placeholder: string; readonly items: readonly T[] },
): Promise<StepResult<T>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const pick = store.add(vscode.window.createQuickPick<T>());
    frame(pick, options);
    pick.placeholder = options.placeholder;
    pick.matchOnDetail = true;
    pick.items = options.items;
    const finish = (result: StepResult<T>): void => {
      resolve(result);
      store.dispose();
    };
    store.add(
      pick.onDidAccept(() => {
        const [answer] = pick.activeItems;
        if (answer) finish({ answer });
      }),
    );
    store.add(pick.onDidTriggerButton(() => finish('back')));
    store.add(pick.onDidHide(() => finish(undefined)));
    pick.show();
  });
}

export interface TextStep extends StepFrame {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** What is wrong with a text; undefined where nothing is. */
  readonly validate: (text: string) => Promise<string | undefined>;
}

/** Asks for a text. It is judged as it is typed, and nobody goes on with what is wrong. */
export function askText(text: TextStep): Promise<StepResult<string>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    frame(input, text);
    input.prompt = text.prompt;
    input.placeholder = text.placeholder;
    input.value = text.value;
    const finish = (result: StepResult<string>): void => {
      resolve(result);
      store.dispose();
    };
    let latest = 0;
    const judge = async (isFinal: boolean): Promise<boolean> => {
      const turn = ++latest;
      // Nobody is told off for what is not typed yet.
      const isEmpty = input.value.trim() === '';
      const message = isEmpty && !isFinal ? undefined : await text.validate(input.value);
      // What was typed meanwhile is judged by itself.
      if (turn !== latest || store.isDisposed) return false;
      input.validationMessage = message;
      return message === undefined;
    };
    store.add(input.onDidChangeValue(() => void judge(false)));
    store.add(
      input.onDidAccept(async () => {
        const answer = input.value;
        if (await judge(true)) finish({ answer });
      }),
    );
    store.add(input.onDidTriggerButton(() => finish('back')));
    store.add(input.onDidHide(() => finish(undefined)));
    input.show();
  });
}

function frame(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps }: StepFrame,
): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // An address is copied from elsewhere.
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}
