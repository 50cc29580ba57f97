import * as vscode from 'vscode';
import { type CatalogService, type Disposable, withoutIcons, withoutLinks } from '../../../../api';
import { askOne, type QuickSteps, withQuickSteps } from '../../../../platform/vscode/quickInput';
import { inspectSetting, writeSetting } from '../../../../platform/vscode/trust';
import { unknownKinds, withKind, type UnknownKind } from '../unknownKinds';
import { asProblemNode, type ProblemViewContext } from './problemCommands';

const COMMAND = 'callboard.problems.addKind';
const SETTING = 'callboard.catalog.customKinds';

/** Registers the command Add Kind…, also as a quick fix for an unknown kind. */
export function registerAddKind({ actions, catalog }: ProblemViewContext): readonly Disposable[] {
  return [
    actions.registerCommand(COMMAND, async argument => {
      const node = asProblemNode(argument);
      const ofNode = node?.type === 'problem' ? node.problem.cause?.subject : undefined;
      await addKind(typeof argument === 'string' ? argument : ofNode, catalog);
    }),
    vscode.languages.registerCodeActionsProvider(
      { language: 'yaml' },
      { provideCodeActions: (_document, _range, { diagnostics }) => fixes(diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  ];

  function fixes(diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
    return diagnostics.filter(isUnknownKind).flatMap(diagnostic => {
      const kind = kindAt(diagnostic);
      if (kind === undefined) return [];
      const title = vscode.l10n.t('Add Kind…');
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = { command: COMMAND, title, arguments: [kind] };
      return action;
    });
  }

  /** Undefined for a misspelled known kind, which has another fix. */
  function kindAt({ message }: vscode.Diagnostic): string | undefined {
    return catalog.getProblems().find(problem => problem.message === message)?.cause?.subject;
  }
}

function isUnknownKind({ source, code }: vscode.Diagnostic): boolean {
  const value = typeof code === 'object' ? code.value : code;
  return source === 'callboard' && value === 'unknown-kind';
}

/**
 * Adds a kind to the settings that the user selects.
 *
 * @param name - undefined: the user selects the kind, too
 */
async function addKind(name: string | undefined, catalog: CatalogService): Promise<void> {
  const kinds = unknownKinds(catalog);
  if (!kinds.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('All kinds in the catalog are known.'));
    return;
  }
  const picked = await withQuickSteps(async steps => {
    const kind = kinds.find(known => known.kind === name) ?? (await pickKind(kinds, steps));
    const target = kind && (await pickTarget(kind, steps));
    return target && { kind, target };
  });
  if (!picked) return;
  const { kind, target } = picked;
  await writeSetting(SETTING, withKind(inspectSetting(SETTING)[target], kind), target);
  const settings = vscode.l10n.t('Open Settings');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('Kind {0} was added.', withoutLinks(kind.kind)),
    settings,
  );
  void answer.then(async chosen => {
    if (chosen !== settings) return;
    await vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
  });
}

async function pickKind(
  kinds: readonly UnknownKind[],
  steps: QuickSteps,
): Promise<UnknownKind | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Add Kind'),
    placeholder: vscode.l10n.t('Select a kind'),
    items: kinds.map(value => ({
      value,
      label: withoutIcons(value.kind),
      description: withoutIcons(value.apiVersions.join(', ')),
    })),
  });
  return typeof step === 'object' ? step.answer.value : undefined;
}

async function pickTarget(
  { kind, apiVersions }: UnknownKind,
  steps: QuickSteps,
): Promise<'workspace' | 'user' | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Add Kind {0}', kind),
    placeholder: vscode.l10n.t('Select where to declare {0}', apiVersions.join(', ')),
    items: [
      {
        target: 'workspace' as const,
        label: vscode.l10n.t('Workspace Settings'),
        description: vscode.l10n.t('Shared with the command line and other users'),
      },
      { target: 'user' as const, label: vscode.l10n.t('User Settings') },
    ],
  });
  return typeof step === 'object' ? step.answer.target : undefined;
}
