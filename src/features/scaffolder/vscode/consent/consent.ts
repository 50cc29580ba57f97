import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateRunResult } from '../../../../api';
import { joinUri, printable, printableName, translateCount } from '../../../../base';
import { withoutIcons, withoutLinks } from '../../../../platform/core';
import { isBinary } from '../../../../platform/core/binary';
import { cancelledBy, toUri } from '../../../../platform/vscode/convert';
import { mayCause } from '../../../../platform/vscode/trust';
import { showEdits } from '../../../authoring/vscode/editsPreview';
import { type LocationEdit, publishKind, RECORD_PATH, type ReplacedFile } from '../../core';
import { askModal } from './agreement';

/**
 * Check for runs without a question: previews and tests.
 * @throws Error in an untrusted workspace
 */
export function assertMayRun(): void {
  if (!mayCause('templateRuns')) {
    throw new Error(vscode.l10n.t('Templates can only run in trusted workspaces.'));
  }
}

/** Whether a template can run. Shows a message if it can't. */
export async function canRun({ title, actions }: LoadedTemplate): Promise<boolean> {
  if (!mayCause('templateRuns')) {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const message = vscode.l10n.t('Templates can only run in trusted workspaces.');
    const answer = await vscode.window.showWarningMessage(withoutLinks(message), manage);
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const unknown = actions.filter(({ isKnown }) => !isKnown).map(({ id }) => printableName(id));
  if (unknown.length === 0) return true;
  const message = vscode.l10n.t(
    "{0} can't run. Unknown actions: {1}.",
    printable(title),
    unknown.join(', '),
  );
  const detail = vscode.l10n.t(
    'Plugins can add actions with the extension point scaffolder.actions.',
  );
  await vscode.window.showErrorMessage(withoutLinks(message), { modal: true, detail });
  return false;
}

/** Whether the user agrees to run a template. */
export async function confirmRun(template: LoadedTemplate, folder: string): Promise<boolean> {
  const agree = vscode.l10n.t('Run');
  const message = vscode.l10n.t('Run the template {0}?', printable(template.title));
  const place = printableName(vscode.workspace.asRelativePath(toUri(folder), true));
  const detail = [vscode.l10n.t('It writes to {0}.', place), ...describeEffects(template)].join(
    '\n',
  );
  const options = { modal: true, detail };
  const answer = await vscode.window.showInformationMessage(withoutLinks(message), options, agree);
  return answer === agree;
}

function describeEffects({ actions }: LoadedTemplate): readonly string[] {
  const named = (isSkipped: boolean): readonly string[] =>
    actions.filter(one => one.isSkipped === isSkipped).map(({ id }) => printableName(id));
  const [run, skipped] = [named(false), named(true)];
  return [
    vscode.l10n.t('Actions: {0}', run.join(', ')),
    ...(skipped.length > 0
      ? [vscode.l10n.t('Skipped, because they run only in Backstage: {0}', skipped.join(', '))]
      : []),
    vscode.l10n.t(
      'Callboard asks again before it connects to other machines. No code of the template runs.',
    ),
  ];
}

/** Maximum number of files in the preview. */
const MAX_PREVIEWED = 200;

interface ReviewItem extends vscode.QuickPickItem {
  /** Undefined for informative rows. */
  readonly isAgreed?: boolean;
}

/** Sources, target and effects of a run. */
export interface ReviewedPlace {
  readonly folder: string;
  /** Hosts that files were fetched from. */
  readonly fetched: readonly string[];
  /** Sentences about other effects. */
  readonly effects: readonly string[];
  /** Whether publishing actions take effect. */
  readonly publishes: boolean;
  /** Edit of a Location, if there is one. */
  readonly location: LocationEdit | undefined;
}

/**
 * Shows the files of a run next to existing ones and asks whether to write them, until the signal is aborted.
 */
export async function review(
  template: LoadedTemplate,
  { files }: TemplateRunResult,
  place: ReviewedPlace,
  signal: AbortSignal,
): Promise<boolean> {
  const { folder, location } = place;
  const title = vscode.l10n.t('Files of {0}', template.title);
  const shown = files.filter(({ content }) => !isBinary(content)).slice(0, MAX_PREVIEWED);
  const preview = await showEdits(title, [
    ...(location
      ? [{ file: location.file, edits: [{ range: WHOLE, newText: location.after }] }]
      : []),
    ...(await Promise.all(
      shown.map(async ({ path, content }) => {
        const file = joinUri(folder, path);
        const text = new TextDecoder().decode(content);
        const isThere = await vscode.workspace.fs.stat(toUri(file)).then(
          () => true,
          () => false,
        );
        return isThere
          ? { file, edits: [{ range: WHOLE, newText: text }] }
          : { file, content: text };
      }),
    )),
  ]);
  const cancellation = cancelledBy(signal);
  try {
    for (;;) {
      const options = { title: template.title, ignoreFocusOut: true };
      const picked = await vscode.window.showQuickPick(
        reviewItems(template, files, place),
        options,
        cancellation.token,
      );
      if (!picked) return false;
      // Other rows are informative.
      if (picked.isAgreed !== undefined) return picked.isAgreed;
    }
  } finally {
    cancellation.dispose();
    preview.dispose();
  }
}

function reviewItems(
  { actions }: LoadedTemplate,
  files: TemplateRunResult['files'],
  { folder, fetched, effects, publishes }: ReviewedPlace,
): readonly ReviewItem[] {
  const count = files.length;
  const place = vscode.workspace.asRelativePath(toUri(folder), true);
  const write = translateCount(
    count,
    { one: 'Write {0} file into {1}', other: 'Write {0} files into {1}' },
    place,
  );
  return [
    {
      isAgreed: true,
      label: `$(play) ${withoutIcons(write)}`,
      detail:
        fetched.length + effects.length === 0
          ? vscode.l10n.t('No connections to other machines. No code of the template runs.')
          : vscode.l10n.t('No code of the template runs.'),
    },
    { isAgreed: false, label: `$(close) ${vscode.l10n.t('Cancel')}` },
    ...(effects.length === 0
      ? []
      : [
          { label: vscode.l10n.t('other changes'), kind: vscode.QuickPickItemKind.Separator },
          ...effects.map(effect => ({ label: `$(arrow-right) ${withoutIcons(effect)}` })),
        ]),
    ...recordItems(files),
    { label: vscode.l10n.t('actions'), kind: vscode.QuickPickItemKind.Separator },
    ...actions.map(({ id, isSkipped }) => {
      const isOut = isSkipped && !(publishes && publishKind(id) !== undefined);
      return {
        label: `$(${isOut ? 'debug-step-over' : 'symbol-event'}) ${withoutIcons(id)}`,
        description: isOut ? vscode.l10n.t('skipped: runs only in Backstage') : '',
      };
    }),
    ...(fetched.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t('fetched from'),
            kind: vscode.QuickPickItemKind.Separator,
          },
          ...fetched.map(host => ({ label: `$(cloud-download) ${withoutIcons(host)}` })),
        ]),
  ];
}

/** Row for the record of the template, with the setting that controls it. */
function recordItems(files: TemplateRunResult['files']): readonly ReviewItem[] {
  if (files.every(({ path }) => path !== RECORD_PATH)) return [];
  return [
    {
      label: `$(history) ${vscode.l10n.t('Record the template in {0}', RECORD_PATH)}`,
      description: vscode.l10n.t('for template updates, without secrets'),
      detail: 'callboard.templates.record',
    },
  ];
}

/** Range of a whole file. */
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1e9, character: 0 } };

/** Maximum number of names in a question. */
const MAX_NAMES = 10;

/** Asks which existing files to keep. Undefined if the user cancels. */
export async function askFilesToKeep(
  replaced: readonly ReplacedFile[],
  { folder, canKeep }: { readonly folder: string; readonly canKeep: boolean },
): Promise<ReadonlySet<string> | undefined> {
  const place = vscode.workspace.asRelativePath(toUri(folder), true);
  const message = translateCount(
    replaced.length,
    {
      one: '{0} file in {1} already exists with different content.',
      other: '{0} files in {1} already exist with different content.',
    },
    place,
  );
  const more = replaced.length - MAX_NAMES;
  const detail = [
    ...replaced
      .slice(0, MAX_NAMES)
      .map(({ path, isLink }) =>
        isLink ? vscode.l10n.t('{0} (symbolic link, its target stays)', path) : path,
      ),
    ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
  ].join('\n');
  const replace = vscode.l10n.t('Replace');
  const keep = vscode.l10n.t('Keep Existing');
  const answer = await askModal(message, detail, replace, ...(canKeep ? [keep] : []));
  if (answer === undefined) return undefined;
  return new Set(answer === keep ? replaced.map(({ path }) => path) : []);
}
