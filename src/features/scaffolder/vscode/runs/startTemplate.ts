import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateInput } from '../../../../api';
import { formatUri } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { withoutIcons } from '../../../../platform/core';
import { fromUri, toUri } from '../../../../platform/vscode/convert';
import {
  askOne,
  askText,
  type Answered,
  type QuickSteps,
  type StepFrame,
} from '../../../../platform/vscode/quickInput';
import type { LaunchChoice, LaunchPlace } from '../../core/pages';
import type { Publishing } from '../publishing/publishing';
import { validatePlaceText } from '../publishing/publishingTexts';

type Frame = Pick<StepFrame, 'steps' | 'title' | 'canGoBack'>;

export interface LaunchQuestions {
  readonly template: LoadedTemplate;
  readonly input: TemplateInput;
  readonly steps: QuickSteps;
  /** Target folder, or its parent (a URI), if it is known. */
  readonly start: { readonly folder: string; readonly describesFolder: boolean } | undefined;
  readonly publishing: Pick<Publishing, 'options'>;
}

/** The answers of `askLaunch`. */
export interface LaunchAnswers extends Pick<LaunchChoice, 'place' | 'location'> {
  /** URI of the folder for the files. */
  readonly folder: string;
}

/**
 * Asks where to create a template's files and where to publish them, in steps with a way back.
 * @returns undefined if the user cancels
 */
export async function askLaunch({
  template,
  input,
  steps,
  start,
  publishing,
}: LaunchQuestions): Promise<LaunchAnswers | undefined> {
  const { title } = template;
  let parent = start && toUri(start.folder);
  let name = start?.describesFolder ? '' : nameOf(input.values);
  let place: LaunchPlace | undefined;
  let text = '';
  let location: string | undefined;
  const folder = (): string => {
    if (!parent) throw new Error('The parent folder is asked for first');
    return folderOf(parent, name);
  };
  /** Returns `skipped` if there is nothing to ask. */
  const questions: readonly ((frame: Frame) => Promise<Answered<unknown> | 'skipped'>)[] = [
    async frame => {
      if (start) return 'skipped';
      const step = await askParent(frame);
      if (typeof step === 'object') parent = step.answer;
      return step;
    },
    async frame => {
      if (start?.describesFolder || !parent) return 'skipped';
      const step = await askText({
        ...frame,
        prompt: vscode.l10n.t('Folder in {0} to create the files in', shown(parent)),
        value: name,
        validate: validateFolderName,
      });
      if (typeof step === 'object') name = step.answer;
      return step;
    },
    async frame => {
      const { places } = await publishing.options(template, folder());
      if (places.length === 0) return 'skipped';
      const step = await askOne({
        ...frame,
        placeholder: vscode.l10n.t('Select where to publish'),
        items: places.map(one => ({
          label: `$(${placeIcons[one.type]}) ${one.text ? `${one.label}…` : one.label}`,
          detail: one.detail,
          place: one,
        })),
      });
      if (typeof step === 'object') ({ place } = step.answer);
      return step;
    },
    async frame => {
      if (!place?.text) return 'skipped';
      const { type, text: question } = place;
      const step = await askText({
        ...frame,
        prompt: question.label,
        placeholder: question.placeholder,
        value: question.value,
        validate: typed => validatePlaceText(type, typed),
      });
      if (typeof step === 'object') text = step.answer;
      return step;
    },
    async frame => {
      const { locations } = await publishing.options(template, folder());
      if (locations.length === 0) return 'skipped';
      const step = await askOne({
        ...frame,
        placeholder: vscode.l10n.t('Select the Location to add the new entity to'),
        items: [
          ...locations.map(({ id, label, description }) => ({
            id,
            label: `$(symbol-namespace) ${withoutIcons(label)}`,
            description: withoutIcons(description),
          })),
          {
            id: undefined,
            label: `$(circle-slash) ${vscode.l10n.t('None')}`,
            detail: vscode.l10n.t('The workspace catalog finds the file automatically.'),
          },
        ],
      });
      if (typeof step === 'object') location = step.answer.id;
      return step;
    },
  ];
  let direction = 1;
  const answered: number[] = [];
  for (let index = 0; index < questions.length; index += direction) {
    const canGoBack = answered.some(other => other < index);
    const step = await questions[index]?.({ steps, title, canGoBack });
    if (step === undefined) return undefined;
    if (step === 'skipped') continue;
    // oxlint-disable-next-line no-useless-assignment -- the loop reads it
    direction = step === 'back' ? -1 : 1;
    if (step !== 'back') answered.push(index);
  }
  return { folder: folder(), place: place && { type: place.type, text }, location };
}

/**
 * The folder with a name below a parent. An empty name or `.` is the parent itself.
 * @returns a URI
 */
export function folderOf(parent: vscode.Uri, name: string): string {
  return formatUri(name === '.' || name === '' ? parent : vscode.Uri.joinPath(parent, name));
}

/** Error of a new folder's name, if it is invalid. */
export function validateFolderName(name: string): string | undefined {
  return isFolderName(name) ? undefined : vscode.l10n.t('Enter a valid folder name.');
}

const placeIcons: Readonly<Record<LaunchPlace['type'], string>> = {
  files: 'folder',
  folder: 'repo',
  branch: 'git-branch',
  remote: 'repo-push',
  forge: 'cloud-upload',
};

async function askParent(frame: Frame): Promise<Answered<vscode.Uri>> {
  const { workspaceFolders = [] } = vscode.workspace;
  const browse = { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, uri: undefined };
  const step = await askOne({
    ...frame,
    placeholder: vscode.l10n.t('Select the folder to create the files in'),
    items: [
      ...workspaceFolders.map(({ name, uri }) => ({
        label: `$(root-folder) ${withoutIcons(name)}`,
        description: withoutIcons(uri.fsPath),
        uri,
      })),
      browse,
    ],
  });
  if (typeof step !== 'object') return step;
  const uri = step.answer.uri ?? (await chooseFolder(frame.title, vscode.l10n.t('Create Here')));
  return uri && { answer: uri };
}

/** Shows a dialog to select a folder. */
export async function chooseFolder(
  title: string,
  openLabel: string,
): Promise<vscode.Uri | undefined> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    ...(first ? { defaultUri: first.uri } : {}),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

interface ComparisonItem extends vscode.QuickPickItem {
  /** Undefined to compare with nothing. */
  readonly folder?: vscode.Uri;
  readonly isOther?: boolean;
}

/**
 * Asks for a folder to compare a dry run with.
 * @returns its URI or none, or undefined if the user cancels
 */
export async function chooseComparison(
  title: string,
  steps: QuickSteps,
): Promise<{ readonly folder: string | undefined } | undefined> {
  const { workspaceFolders = [] } = vscode.workspace;
  const items: readonly ComparisonItem[] = [
    {
      label: `$(new-file) ${vscode.l10n.t('Compare with nothing')}`,
      detail: vscode.l10n.t('Shows all files as new.'),
    },
    ...workspaceFolders.map(({ name, uri }) => ({
      label: `$(root-folder) ${withoutIcons(name)}`,
      description: uri.fsPath,
      folder: uri,
    })),
    { label: `$(folder-opened) ${vscode.l10n.t('Compare with a folder…')}`, isOther: true },
  ];
  const step = await askOne({
    steps,
    title,
    items,
    placeholder: vscode.l10n.t('Select what to compare the files with. Nothing is written.'),
  });
  if (typeof step !== 'object') return undefined;
  const picked = step.answer;
  if (!picked.isOther) return { folder: picked.folder && fromUri(picked.folder) };
  const folder = await chooseFolder(title, vscode.l10n.t('Compare'));
  return folder && { folder: fromUri(folder) };
}

function shown(folder: vscode.Uri): string {
  return vscode.workspace.asRelativePath(folder, true);
}

/** Whether a text is a path below a folder. Empty or `.` is the folder itself. */
function isFolderName(text: string): boolean {
  return !/^\/|[\\:*?"<>|\0]|(^|\/)\.\.(\/|$)|\/\//.test(text);
}

/** The likely name of the new project: its name or that of its repository. */
export function nameOf(values: JsonObject): string {
  for (const key of ['name', 'component_id', 'componentId', 'repoUrl', 'repo']) {
    const value: JsonValue | undefined = values[key];
    if (typeof value !== 'string' || value === '') continue;
    const name = /[?&]repo=([^&]+)/.exec(value)?.[1] ?? value;
    if (isFolderName(name)) return name;
  }
  return '';
}
