import * as vscode from 'vscode';
import {
  type CatalogSourceScope,
  type CatalogSourceType,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import {
  type Answered,
  askOne,
  askText,
  type QuickSteps,
  type StepFrame,
  withQuickSteps,
} from '../../../../platform/vscode/quickInput';
import { mayWorkspaceSet } from '../../../../platform/vscode/trust';
import {
  freeColor,
  guessSources,
  isAddressLike,
  localPath,
  questionsOf,
  settingOf,
  type SourceGuess,
} from '..';
import { findLocalSource } from './localSource';
import type { SourcesContext } from './sourcesContext';

/** A type of source, or a source that the typed text may mean. */
interface TypeItem extends vscode.QuickPickItem {
  readonly type: CatalogSourceType;
  /** Answers to the questions of the type, by field. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether the answers are all that the source needs. */
  readonly isComplete?: boolean;
  /** A path on this machine, in place of answers. */
  readonly path?: string;
}

interface AllowItem extends vscode.QuickPickItem {
  readonly allow: readonly string[] | undefined;
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: CatalogSourceScope;
}

/** Answers so far, shown again when the user goes back. */
interface Answers {
  readonly texts: Record<string, string>;
  allow: AllowItem | undefined;
  scope: CatalogSourceScope | undefined;
}

/** Asks for a new source and its settings; writes after the last answer only. */
export async function addSource(context: SourcesContext): Promise<void> {
  const source = await withQuickSteps(async steps => {
    for (;;) {
      const picked = await askOne<TypeItem>({
        steps,
        title: vscode.l10n.t('Add Source'),
        step: 1,
        items: typeItems(),
        itemsFor: text => [...guessedItems(text), ...typeItems(text)],
        placeholder: vscode.l10n.t('Paste an address or a path, or select the type of source'),
        matchOnDetail: true,
      });
      if (typeof picked !== 'object') return undefined;
      const item = await completed(picked.answer, context);
      if (!item) return undefined;
      const result = await askAbout(item, steps, context);
      if (result !== 'back') return result?.answer;
    }
  });
  if (!source) return;
  await context.sources.add(source.setting, source.scope);
  await context.showView();
}

type Frame = Omit<StepFrame, 'hasPage'>;
type Ask = (frame: Frame) => Promise<Answered<unknown>>;

interface NewSource {
  readonly setting: ReturnType<typeof settingOf>;
  readonly scope: CatalogSourceScope;
}

/** Resolves a path, and prompts for all fields if those of a guess are invalid. */
async function completed(
  item: TypeItem,
  { sources }: SourcesContext,
): Promise<TypeItem | undefined> {
  const guess = item.path === undefined ? item : await findLocalSource(item.path);
  if (!guess || !item.isComplete) return guess && { ...item, ...guess };
  const { type, answers = {} } = guess;
  const problems = await sources.check(settingOf(type, answers, { translate: vscode.l10n.t }));
  return { ...item, type, answers, isComplete: problems.length === 0 };
}

async function askAbout(
  { type, answers: known = {}, isComplete = false }: TypeItem,
  steps: QuickSteps,
  context: SourcesContext,
): Promise<Answered<NewSource>> {
  const answers: Answers = { texts: { ...known }, allow: undefined, scope: undefined };
  const scopes = scopeItems();
  const questions: readonly Ask[] = [
    ...(isComplete ? [] : textSteps(type, answers, context)),
    // A Backstage applies its own rules.
    ...(type === 'backstage' ? [] : [allowStep(answers)]),
    // Without a folder, only user settings can be written.
    ...(scopes.length > 1 ? [scopeStep(scopes, answers)] : []),
  ];
  for (let at = 0; at < questions.length;) {
    const result = await questions[at]?.({
      steps,
      title: vscode.l10n.t('Add Source'),
      step: at + 2,
      totalSteps: questions.length + 1,
    });
    if (result === undefined) return undefined;
    if (result !== 'back') at++;
    else if (at === 0) return 'back';
    else at--;
  }
  const setting = settingOf(type, answers.texts, {
    allow: answers.allow?.allow,
    color: freeColor(context.sources.getSources()),
    translate: vscode.l10n.t,
  });
  return { answer: { setting, scope: answers.scope ?? 'user' } };
}

function textSteps(
  type: CatalogSourceType,
  { texts }: Answers,
  { sources }: SourcesContext,
): readonly Ask[] {
  const questions = questionsOf(type, vscode.l10n.t);
  return questions.map(({ field, prompt, placeholder, isRequired }, at) => async frame => {
    const validate = async (text: string): Promise<string | undefined> => {
      if (text.trim() === '') {
        return isRequired ? vscode.l10n.t('Enter a value.') : undefined;
      }
      const before = questions.slice(0, at).map(question => question.field);
      const given = Object.fromEntries(before.map(name => [name, texts[name] ?? '']));
      const setting = settingOf(type, { ...given, [field]: text }, { translate: vscode.l10n.t });
      const [problem] = await sources.check(setting);
      return problem === undefined ? undefined : withoutLinks(problem);
    };
    const value = texts[field] ?? '';
    const result = await askText({ ...frame, prompt, placeholder, value, validate });
    if (typeof result === 'object') texts[field] = result.answer;
    return result;
  });
}

function allowStep(answers: Answers): Ask {
  return async frame => {
    const placeholder = vscode.l10n.t('Select which entities to allow');
    const items = allowItems();
    const result = await askOne<AllowItem>({ ...frame, items, placeholder, matchOnDetail: true });
    if (typeof result === 'object') answers.allow = result.answer;
    return result;
  };
}

function scopeStep(items: readonly ScopeItem[], answers: Answers): Ask {
  return async frame => {
    const placeholder = vscode.l10n.t('Select where to save the source');
    const result = await askOne<ScopeItem>({ ...frame, items, placeholder });
    if (typeof result === 'object') answers.scope = result.answer.scope;
    return result;
  };
}

/** Rows for the sources that a pasted text may mean. */
function guessedItems(text: string): readonly TypeItem[] {
  const path = localPath(text);
  if (path !== undefined) {
    return [
      {
        type: 'git',
        path,
        isComplete: true,
        alwaysShow: true,
        label: `$(folder) ${vscode.l10n.t('Git Repository on This Computer')}`,
        description: withoutIcons(path),
      },
    ];
  }
  const types = typeItems();
  return guessSources(text).map((guess: SourceGuess): TypeItem => {
    const { url, org, host, branch, paths } = guess.answers;
    const facts = [
      host,
      branch === undefined ? undefined : vscode.l10n.t('Branch: {0}', branch),
      paths === undefined ? undefined : vscode.l10n.t('Folder: {0}', paths),
    ].filter(fact => fact !== undefined);
    return {
      ...guess,
      isComplete: true,
      alwaysShow: true,
      label: types.find(({ type }) => type === guess.type)?.label ?? guess.type,
      description: withoutIcons([url ?? org, ...facts].join(' · ')),
    };
  });
}

/** Rows for all types. A typed address is the first answer of each. */
function typeItems(text = ''): readonly TypeItem[] {
  const items: readonly TypeItem[] = [
    {
      type: 'git',
      label: `$(repo) ${vscode.l10n.t('Git Repository')}`,
      detail: vscode.l10n.t('The descriptors in a repository'),
    },
    {
      type: 'url',
      label: `$(link) ${vscode.l10n.t('Descriptor URL')}`,
      detail: vscode.l10n.t(
        'A descriptor and the targets of its Locations, as registered in Backstage',
      ),
    },
    {
      type: 'github',
      label: `$(github) ${vscode.l10n.t('GitHub Organization')}`,
      detail: vscode.l10n.t('The descriptors in all repositories of an organization or user'),
    },
    {
      type: 'gitlab',
      label: `$(organization) ${vscode.l10n.t('GitLab Group')}`,
      detail: vscode.l10n.t('The descriptors in all projects of a group'),
    },
    {
      type: 'backstage',
      label: `$(server) ${vscode.l10n.t('Backstage')}`,
      detail: vscode.l10n.t('The catalog of a running Backstage'),
    },
  ];
  if (!isAddressLike(text)) return items;
  return items.map(item => {
    const [first] = questionsOf(item.type, vscode.l10n.t);
    return { ...item, alwaysShow: true, answers: { [first?.field ?? '']: text.trim() } };
  });
}

/**
 * Offers to allow all kinds. Users and Groups decide about ownership, and a Template runs with the user's
 * permissions.
 */
function allowItems(): readonly AllowItem[] {
  return [
    {
      allow: undefined,
      label: vscode.l10n.t('All Except Users, Groups and Templates'),
      detail: vscode.l10n.t('Recommended if many people can change the source'),
    },
    {
      allow: ['*'],
      label: vscode.l10n.t('All Kinds'),
      detail: vscode.l10n.t('Only if you trust the source to define people, teams and templates'),
    },
  ];
}

function scopeItems(): readonly ScopeItem[] {
  const user: ScopeItem = {
    scope: 'user',
    label: vscode.l10n.t('User Settings'),
    detail: vscode.l10n.t('For all workspaces that you open'),
  };
  const workspace: ScopeItem = {
    scope: 'workspace',
    label: vscode.l10n.t('Workspace Settings'),
    detail: vscode.l10n.t('For everyone who opens and trusts this workspace'),
  };
  const { workspaceFolders } = vscode.workspace;
  const hasSay = mayWorkspaceSet('callboard.catalog.sources');
  return hasSay && workspaceFolders?.length ? [user, workspace] : [user];
}
