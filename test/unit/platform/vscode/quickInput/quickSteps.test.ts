import { beforeEach, expect, it, vi } from 'vitest';
import { Emitter } from '../../../../../src/base';
import { askOne, askText, withQuickSteps } from '../../../../../src/platform/vscode/quickInput';

/** Prompts in the order in which they were shown and closed. */
const editor = vi.hoisted(() => ({ events: [] as string[], prompts: [] as Prompt[] }));

interface Prompt {
  title: string;
  value: string;
  busy: boolean;
  validationMessage: string | undefined;
  items: readonly { label: string }[];
  activeItems: readonly { label: string }[];
  readonly accepted: Emitter<void>;
  readonly changed: Emitter<string>;
  readonly hidden: Emitter<void>;
}

vi.mock('vscode', () => {
  const createPrompt = (): object => {
    const prompt = {
      title: '',
      value: '',
      busy: false,
      validationMessage: undefined,
      items: [],
      activeItems: [],
      accepted: new Emitter<void>(),
      changed: new Emitter<string>(),
      hidden: new Emitter<void>(),
      show: () => {
        editor.prompts.push(prompt);
        editor.events.push(`show ${prompt.title}`);
      },
      dispose: () => {
        editor.events.push(`close ${prompt.title}`);
        prompt.hidden.fire();
      },
      onDidTriggerButton: () => ({ dispose: () => {} }),
    };
    return Object.assign(prompt, {
      onDidAccept: prompt.accepted.event,
      onDidChangeValue: prompt.changed.event,
      onDidHide: prompt.hidden.event,
    });
  };
  return {
    l10n: { t: (message: string) => message },
    ThemeIcon: class {},
    QuickInputButtons: { Back: 'back' },
    window: { createInputBox: createPrompt, createQuickPick: createPrompt },
  };
});

beforeEach(() => {
  editor.events.length = 0;
  editor.prompts.length = 0;
});

async function prompt(at: number): Promise<Prompt> {
  return vi.waitUntil(() => editor.prompts[at]);
}

it('keeps an answered prompt open until the next one is shown', async () => {
  const answers = withQuickSteps(async steps => {
    const items = [{ label: 'one' }, { label: 'two' }];
    const first = await askOne({ steps, title: 'first', placeholder: '', items });
    const second = await askText({
      steps,
      title: 'second',
      prompt: '',
      validate: text => (text === 'good' ? undefined : 'bad'),
    });
    return [first, second];
  });
  const first = await prompt(0);
  // Without a matching row, Enter does nothing.
  first.accepted.fire();
  first.activeItems = first.items.slice(1);
  first.accepted.fire();
  const second = await prompt(1);
  second.value = 'wrong';
  second.accepted.fire();
  await vi.waitUntil(() => second.validationMessage === 'bad');
  second.value = 'good';
  second.accepted.fire();
  expect(await answers).toEqual([{ answer: { label: 'two' } }, { answer: 'good' }]);
  expect(editor.events).toEqual(['show first', 'show second', 'close first', 'close second']);
});

it('reports an empty text only on Enter', async () => {
  const answer = withQuickSteps(steps =>
    askText({ steps, title: 'text', prompt: '', validate: text => (text ? undefined : 'empty') }),
  );
  const text = await prompt(0);
  text.changed.fire('');
  await new Promise(setImmediate);
  expect(text.validationMessage).toBeUndefined();
  text.accepted.fire();
  await vi.waitUntil(() => text.validationMessage === 'empty');
  text.hidden.fire();
  expect(await answer).toBeUndefined();
});

it('closes the prompt if a step fails', async () => {
  const failing = withQuickSteps(async steps => {
    const title = 'only';
    void askText({ steps, title, prompt: '', validate: () => undefined });
    return Promise.reject(new Error('failed'));
  });
  await expect(failing).rejects.toThrow('failed');
  expect(editor.events).toEqual(['show only', 'close only']);
});
