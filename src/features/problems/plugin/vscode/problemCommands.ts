import * as vscode from 'vscode';
import {
  type ActionsService,
  type CatalogService,
  type CatalogSourcesService,
  type Disposable,
  type EditsService,
  isTreeNode,
  parseUri,
  type Problem,
  withoutLinks,
} from '../../../../api';
import { inspectSetting, writeSetting } from '../../../../platform/vscode/trust';
import {
  everything,
  failedSourceOf,
  type ProblemFilter,
  type ProblemNode,
  type ProblemTreeModel,
  readProblemFilter,
  severities,
} from '..';
import { describeFilter, type ProblemView } from './problemView';

/** Dependencies of the view's commands. */
export interface ProblemViewContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly edits: EditsService;
  readonly model: ProblemTreeModel;
  readonly sources: CatalogSourcesService;
  readonly view: ProblemView;
}

type Node = ProblemNode | undefined;
type Command = (node: Node, context: ProblemViewContext) => unknown;

/** Commands of the view and its rows. Each gets the row of the menu or click. */
const commands: Readonly<Record<string, Command>> = {
  'callboard.problems.open': node => openFirst(node, vscode.ViewColumn.Active),
  'callboard.problems.openToSide': node => openFirst(node, vscode.ViewColumn.Beside),
  'callboard.problems.revealEntity': async node => {
    const ref = problemOf(node)?.entityRef ?? keyOf(node, 'entity');
    if (ref !== undefined) {
      await vscode.commands.executeCommand('callboard.catalog.revealEntity', ref);
    }
  },
  'callboard.problems.explain': node =>
    vscode.commands.executeCommand('callboard.explainProblem', codeOf(node)),
  'callboard.problems.refreshSource': async (node, { sources }) => {
    const problem = problemOf(node);
    const failed = problem && failedSourceOf(problem);
    const source = sources.getSources().find(({ name }) => name === failed);
    if (source) await vscode.commands.executeCommand('callboard.sources.refresh', source.id);
    else await vscode.commands.executeCommand('callboard.sources.show');
  },
  'callboard.problems.fix': fix,
  'callboard.problems.ignoreHere': async (node, { edits }) => {
    const { code, file, range } = problemOf(node) ?? {};
    if (code === undefined || file === undefined || !range) return;
    const label = vscode.l10n.t('Ignore {0} on this line', code);
    await edits.ignoreProblem({ file, range, code }, { label });
  },
  'callboard.problems.ignoreEverywhere': async (node, context) => {
    const code = codeOf(node);
    if (code !== undefined) await ignoreEverywhere(code, context);
  },
  'callboard.problems.groupByEntity': (_, { view }) => view.setGrouping('entity'),
  'callboard.problems.groupByCode': (_, { view }) => view.setGrouping('code'),
  'callboard.problems.clearFilter': (_, { view }) => view.setFilter(everything),
  'callboard.problems.filter': async (_, { model, view }) => {
    const filter = await pickProblemFilter(model.filter);
    if (filter) await view.setFilter(filter);
  },
  'callboard.problems.showMore': (node, { model }) => {
    if (node?.type === 'more') model.showMore(node);
  },
};

export function registerProblemCommands(context: ProblemViewContext): readonly Disposable[] {
  const { actions, view } = context;
  return [
    ...Object.entries(commands).map(([id, run]) =>
      actions.registerCommand(id, async argument => {
        await run(asProblemNode(argument), context);
      }),
    ),
    /** The argument is a filter. */
    actions.registerCommand('callboard.problems.show', argument =>
      view.show(readProblemFilter(argument)),
    ),
  ];
}

/** Returns the argument of a command if it is a row. */
export function asProblemNode(argument: unknown): ProblemNode | undefined {
  return isTreeNode<ProblemNode>(argument, ['group', 'problem', 'more']) ? argument : undefined;
}

function problemOf(node: Node): Problem | undefined {
  return node?.type === 'problem' ? node.problem : undefined;
}

function keyOf(node: Node, by: 'entity' | 'code'): string | undefined {
  return node?.type === 'group' && node.by === by ? node.key : undefined;
}

function codeOf(node: Node): string | undefined {
  return problemOf(node)?.code ?? keyOf(node, 'code');
}

async function openFirst(node: Node, viewColumn: vscode.ViewColumn): Promise<void> {
  const problem =
    node?.type === 'problem'
      ? node.problem
      : node?.type === 'group'
        ? node.problems.find(({ file }) => file !== undefined)
        : undefined;
  if (problem) await openProblem(problem, viewColumn);
}

async function openProblem(problem: Problem, viewColumn: vscode.ViewColumn): Promise<void> {
  const { code, file, range } = problem;
  if (failedSourceOf(problem) !== undefined) {
    await vscode.commands.executeCommand('callboard.sources.show');
    return;
  }
  if (code === 'folder-unreadable' && file !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.from(parseUri(file)));
    return;
  }
  if (file === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This entity comes from a plugin and has no file to open.'),
    );
    return;
  }
  const { start, end } = range;
  await vscode.window.showTextDocument(vscode.Uri.from(parseUri(file)), {
    viewColumn,
    preview: true,
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
  });
}

/** Replaces an unresolved value with a suggestion. */
async function fix(node: Node, { edits }: ProblemViewContext): Promise<void> {
  const problem = problemOf(node);
  if (problem?.file === undefined || !problem.suggestions?.length) return;
  const { file, range, message, suggestions } = problem;
  // Shown even for one suggestion, so that the user sees the new value first.
  const picked = await vscode.window.showQuickPick(
    suggestions.map(value => ({
      value,
      label: `$(lightbulb) ${vscode.l10n.t('Change to "{0}"', value)}`,
    })),
    { title: vscode.l10n.t('Fix'), placeHolder: message },
  );
  if (!picked) return;
  const label = vscode.l10n.t('Change to {0}', picked.value);
  await edits.replaceValue({ file, range, value: picked.value }, { label });
}

const SETTING = 'callboard.problems.severity';

/** Turns off a problem code in the workspace settings, with Undo. */
async function ignoreEverywhere(code: string, { actions }: ProblemViewContext): Promise<void> {
  const before = ownSettings();
  await writeSettings({ ...before, [code]: 'off' });
  const undo = vscode.l10n.t('Undo');
  const settings = vscode.l10n.t('Open Settings');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('"{0}" is ignored in this workspace.', withoutLinks(code)),
    undo,
    settings,
  );
  void answer.then(async chosen => {
    if (chosen === undo) await actions.run(undo, () => writeSettings(before));
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
    }
  });
}

/** Value in the workspace settings, without user settings. */
function ownSettings(): Readonly<Record<string, unknown>> | undefined {
  return inspectSetting(SETTING).workspace as Readonly<Record<string, unknown>> | undefined;
}

async function writeSettings(value: Readonly<Record<string, unknown>> | undefined): Promise<void> {
  await writeSetting(SETTING, value, 'workspace');
}

/** Asks for a filter; undefined if the user cancels. */
async function pickProblemFilter(current: ProblemFilter): Promise<ProblemFilter | undefined> {
  const choices = [...severities]
    .reverse()
    .flatMap(severity =>
      [false, true].map((ownedByMe): ProblemFilter => ({ severity, ownedByMe })),
    );
  const picked = await vscode.window.showQuickPick(
    choices
      .sort((a, b) => Number(a.ownedByMe) - Number(b.ownedByMe))
      .map(filter => ({
        filter,
        label: describeFilter(filter),
        description:
          filter.severity === current.severity && filter.ownedByMe === current.ownedByMe
            ? vscode.l10n.t('current')
            : '',
      })),
    {
      title: vscode.l10n.t('Filter Problems'),
      placeHolder: vscode.l10n.t('Select which problems to show'),
    },
  );
  return picked?.filter;
}
