import * as vscode from 'vscode';
import type { TemplateInput } from '../../../../api';
import { type JsonValue } from '../../../../model';
import { pointerOf, readRepoUrl, stringifyRepoUrl, withValueAt } from '../../../../model/forms';
import { withoutIcons, withoutLinks } from '../../../../platform/core';
import {
  askPick,
  askText,
  mapStep,
  type QuickSteps,
  type Step,
  type StepFrame,
} from '../../../../platform/vscode/quickInput';
import {
  emptyForm,
  type EntityChoice,
  type EntityPickerOptions,
  type FormField,
  type FormOption,
  type FormState,
  type RepoUrlPart,
  type ResolvedForm,
} from '../../core';
import type { TemplateForms } from '../../core/pages';

export interface QuickFormDeps {
  readonly steps: QuickSteps;
  /** Title of the Template. */
  readonly title: string;
  readonly resolve: (state: FormState) => Promise<ResolvedForm>;
  readonly choices: Pick<TemplateForms, 'entityChoices' | 'tagChoices'>;
  /** Initial values. Default: none. */
  readonly initial?: FormState;
  /** Saves the input so far, without secrets. */
  readonly keep?: (draft: FormState) => Promise<void>;
  /** Whether the user can continue on the form's page. Default: yes. */
  readonly hasPage?: boolean;
}

/** The input, or a draft without secrets if the user continues on the form's page. */
export type QuickForm = { readonly input: TemplateInput } | { readonly draft: FormState };

/**
 * Asks for the fields of a form one after the other. Going back returns to the previous field with its value.
 * Fields that depend on other values get their prompt when they appear.
 * @returns undefined if the user cancels
 */
export async function fillInQuickly(deps: QuickFormDeps): Promise<QuickForm | undefined> {
  const secrets: Record<string, string> = {};
  let form = await deps.resolve(deps.initial ?? emptyForm);
  for (let index = 0; ;) {
    const fields = promptedFields(form);
    const field = fields[index];
    if (!field) return { input: { values: form.submitted, secrets } };
    const { steps, title, hasPage = true } = deps;
    const frame = { steps, title, hasPage, step: index + 1, totalSteps: fields.length };
    const step = await askField(field, frame, { ...deps, form, secrets });
    if (step === undefined) return undefined;
    if (step === 'back') {
      index = Math.max(0, index - 1);
      continue;
    }
    if ('begun' in step) {
      const { begun } = step;
      const state = begun === undefined ? form.state : changed(form.state, field, begun);
      return { draft: (await deps.resolve(state)).draft };
    }
    form = await deps.resolve(changed(form.state, field, step.answer));
    await deps.keep?.(form.draft);
    index++;
  }
}

/** Maximum number of fields in a quick form. */
const MAX_FIELDS = 6;

/** Whether a form is short and its fields fit single prompts. */
export function isQuick(form: ResolvedForm): boolean {
  const fields = promptedFields(form);
  return form.pages.length < 2 && fields.length <= MAX_FIELDS && fields.every(isQuickField);
}

function isQuickField({ control }: FormField): boolean {
  return (
    !COMPLEX_CONTROLS.has(control.type) && !(control.type === 'text' && control.style === 'area')
  );
}

const COMPLEX_CONTROLS: ReadonlySet<string> = new Set(['object', 'list', 'variants', 'json']);

function promptedFields({ pages }: ResolvedForm): readonly FormField[] {
  return pages
    .filter(({ isVisible }) => isVisible)
    .flatMap(({ fields }) => fields)
    .filter(({ control, isReadonly }) => control.type !== 'hidden' && !isReadonly);
}

/** An emptied field stays empty instead of getting its default. */
function changed(state: FormState, { path }: FormField, value: JsonValue | undefined): FormState {
  const pointer = pointerOf(path);
  const others = state.cleared.filter(other => other !== pointer);
  return {
    ...state,
    values: withValueAt(state.values, path, value),
    cleared: value === undefined ? [...others, pointer] : others,
  };
}

interface FieldContext extends QuickFormDeps {
  readonly form: ResolvedForm;
  /** Collects secrets from secret fields. */
  readonly secrets: Record<string, string>;
}

type Answer = Promise<Step<JsonValue | undefined>>;

async function askField(field: FormField, frame: StepFrame, context: FieldContext): Answer {
  const { control } = field;
  switch (control.type) {
    case 'flag': {
      const { yes, no } = control.labels;
      return askOneOf(field, frame, [
        { value: true, label: withoutIcons(yes ?? vscode.l10n.t('Yes')) },
        { value: false, label: withoutIcons(no ?? vscode.l10n.t('No')) },
      ]);
    }
    case 'choice':
      return askOneOf(field, frame, control.options.filter(one => !one.isDisabled).map(rowOf));
    case 'choices':
      return askSeveral(field, frame, control.options.map(rowOf));
    case 'entity':
      return askEntity(field, frame, { picker: control.picker, context });
    case 'entities': {
      const rows = (await context.choices.entityChoices(control.picker)).map(rowOfEntity);
      return askSeveral(field, frame, rows);
    }
    case 'tags': {
      const rows = (await context.choices.tagChoices(control.picker)).map(({ tag }) => ({
        label: tag,
        value: tag,
      }));
      return askSeveral(field, frame, rows, rowOfText);
    }
    case 'repoUrl':
      return askRepository(field, frame, { parts: control.parts, context });
    case 'secret': {
      const secret = await text(field, frame, { context, isPassword: true });
      if (typeof secret !== 'object') return secret;
      if ('begun' in secret) return { begun: undefined };
      const { answer } = secret;
      context.secrets[control.name] = answer;
      // Has the length of the secret, for validation, without revealing it.
      return { answer: answer === '' ? undefined : '*'.repeat(answer.length) };
    }
    case 'number':
      return mapStep(await text(field, frame, { context, read: parseNumber }), parseNumber);
    default:
      return mapStep(
        await text(field, frame, {
          context,
          isPassword: control.type === 'text' && control.style === 'password',
        }),
        asText(field),
      );
  }
}

type Read = (askTextField: string) => JsonValue | undefined;

/** Keeps text that is not a number, for validation to report. */
function parseNumber(text: string): JsonValue | undefined {
  const number = Number(text);
  return text.trim() === '' ? undefined : Number.isFinite(number) ? number : text;
}

function asText({ emptyValue }: FormField): Read {
  return text => (text === '' ? emptyValue : text);
}

function text(
  field: FormField,
  frame: StepFrame,
  options: { readonly context: FieldContext; readonly isPassword?: boolean; readonly read?: Read },
): Promise<Step<string>> {
  const { context, isPassword = false, read: value = asText(field) } = options;
  const { value: before } = field;
  return askText({
    ...frame,
    prompt: promptOf(field),
    placeholder: field.placeholder ?? '',
    value: isPassword || before === undefined ? '' : shownValue(before),
    isPassword,
    validate: async typed =>
      findError(field, await context.resolve(changed(context.form.state, field, value(typed)))),
  });
}

/** The error of a field, if there is one. */
function findError(field: FormField, form: ResolvedForm): string | undefined {
  const pointer = pointerOf(field.path);
  const error = form.pages
    .flatMap(({ errors }) => errors)
    .find(({ path }) => pointerOf(path).startsWith(pointer));
  if (!error) return undefined;
  return error.keyword === 'required' && !error.isAuthored
    ? vscode.l10n.t('This is required.')
    : error.message;
}

function promptOf({ title, description, isRequired, help }: FormField): string {
  const about = [description, help].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  const name = isRequired ? title : vscode.l10n.t('{0} (optional)', title);
  return about === '' ? name : `${name}: ${about}`;
}

interface Row extends vscode.QuickPickItem {
  readonly value: JsonValue | undefined;
}

function rowOf({ value, label, description }: FormOption): Row {
  return { value, label: withoutIcons(label), description: withoutIcons(description ?? '') };
}

function rowOfEntity({ value, title, description }: EntityChoice): Row {
  return { value, label: withoutIcons(title), description: withoutIcons(description) };
}

function rowOfText(typed: string): Row | undefined {
  const value = typed.trim();
  return value === '' ? undefined : { label: value, value };
}

async function askOneOf(
  field: FormField,
  frame: StepFrame,
  rows: readonly Row[],
  other?: (text: string) => Row | undefined,
): Answer {
  const none: Row = { label: vscode.l10n.t('(none)'), value: undefined };
  const items = field.isRequired ? rows : [...rows, none];
  const step = await askPick<Row>({
    ...frame,
    placeholder: promptOf(field),
    items,
    chosen: items.filter(({ value }) => isSame(value, field.value)),
    ...(other ? { other } : {}),
  });
  return mapStep(step, ([row]) => row?.value);
}

async function askSeveral(
  field: FormField,
  frame: StepFrame,
  rows: readonly Row[],
  other?: (text: string) => Row | undefined,
): Answer {
  const before: readonly JsonValue[] = Array.isArray(field.value) ? field.value : [];
  const step = await askPick<Row>({
    ...frame,
    placeholder: promptOf(field),
    items: rows,
    chosen: rows.filter(({ value }) => before.some(item => isSame(value, item))),
    isSeveral: true,
    ...(other ? { other } : {}),
  });
  return mapStep(step, chosen => {
    const values = chosen.flatMap(({ value }) => (value === undefined ? [] : [value]));
    return values.length === 0 && !field.isRequired ? undefined : values;
  });
}

async function askEntity(
  field: FormField,
  frame: StepFrame,
  { picker, context }: { readonly picker: EntityPickerOptions; readonly context: FieldContext },
): Answer {
  const rows = (await context.choices.entityChoices(picker)).map(rowOfEntity);
  if (rows.length === 0 && picker.allowArbitraryValues) {
    return mapStep(await text(field, frame, { context }), asText(field));
  }
  return askOneOf(field, frame, rows, picker.allowArbitraryValues ? rowOfText : undefined);
}

/** Asks for each part. Going back from the first one leaves the field. */
async function askRepository(
  field: FormField,
  frame: StepFrame,
  { parts, context }: { readonly parts: readonly RepoUrlPart[]; readonly context: FieldContext },
): Answer {
  const before = readRepoUrl(typeof field.value === 'string' ? field.value : '');
  const entered = { ...before };
  for (let index = 0; index < parts.length;) {
    const part = parts[index];
    if (!part) break;
    const step = await askPart(part, entered[part.name] || part.value, frame);
    if (step === undefined) return undefined;
    if (step === 'back') {
      if (index === 0) return 'back';
      index--;
      continue;
    }
    if ('begun' in step) {
      return {
        begun: stringifyRepoUrl({ ...entered, [part.name]: step.begun ?? entered[part.name] }),
      };
    }
    entered[part.name] = step.answer;
    index++;
  }
  const answer = stringifyRepoUrl(entered);
  const fault = findError(field, await context.resolve(changed(context.form.state, field, answer)));
  if (fault === undefined) return { answer };
  void vscode.window.showWarningMessage(withoutLinks(fault));
  return askRepository({ ...field, value: answer }, frame, { parts, context });
}

async function askPart(
  { title, description, isRequired, options }: RepoUrlPart,
  value: string,
  frame: StepFrame,
): Promise<Step<string>> {
  // Each part has a way back.
  const framed = { ...frame, canGoBack: true };
  if (options) {
    const rows = options.map(label => ({ label }));
    const step = await askPick({
      ...framed,
      placeholder: `${title}: ${description}`,
      items: rows,
      chosen: rows.filter(({ label }) => label === value),
    });
    return mapStep(step, ([row]) => row?.label ?? '');
  }
  return askText({
    ...framed,
    prompt: `${title}: ${description}`,
    value,
    validate: typed =>
      isRequired && typed.trim() === '' ? vscode.l10n.t('This is required.') : undefined,
  });
}

function shownValue(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
