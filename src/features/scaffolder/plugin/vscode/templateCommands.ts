import * as vscode from 'vscode';
import {
  formatUri,
  isRecord,
  isTreeNode,
  parseUri,
  templateIcon,
  type TemplateSummary,
  withoutIcons,
} from '../../../../api';
import { orderTemplates, ownerOf, type TemplateChoice, type TemplateNode } from '..';
import type { ScaffolderContext, TemplateCommandId } from './scaffolderContext';

/** Handlers of the commands. Loaded with the first command. */
export const templateCommands: Readonly<
  Record<
    TemplateCommandId,
    (argument: unknown, context: ScaffolderContext, second?: unknown) => Promise<void>
  >
> = {
  /** The argument can be a target folder (a URI). */
  async 'callboard.templates.choose'(argument, context) {
    const folder = argument instanceof vscode.Uri ? argument : undefined;
    await pickTemplate(context, ref => start(ref, context, folder));
  },

  /** The argument is a row or a ref. A target folder (a URI) can follow. */
  async 'callboard.templates.start'(argument, context, folder) {
    const ref = templateOf(argument)?.ref ?? (typeof argument === 'string' ? argument : undefined);
    const into = folder instanceof vscode.Uri ? folder : undefined;
    if (ref === undefined) await pickTemplate(context, picked => start(picked, context, into));
    else await start(ref.toLowerCase(), context, into);
  },

  /** The argument can be a project (a URI). */
  async 'callboard.templates.checkUpdates'(argument, { scaffolder }) {
    const folder = argument instanceof vscode.Uri ? formatUri(argument) : undefined;
    await scaffolder.checkForUpdates(folder === undefined ? {} : { folder });
  },

  async 'callboard.templates.openFile'(argument) {
    const template = templateOf(argument);
    if (template) await openFile(template);
  },

  async 'callboard.templates.openEntity'(argument) {
    const template = templateOf(argument);
    if (template) {
      await vscode.commands.executeCommand('callboard.entity.openPage', template.ref);
    }
  },

  'callboard.templates.setToken': (_, { scaffolder }) => scaffolder.setToken(),

  /** The argument is a row or a file's URI. Default: the active editor, including unsaved changes. */
  async 'callboard.templates.dryRun'(argument, context) {
    const ref = templateOf(argument)?.ref;
    if (ref === undefined) await dryRunInEditor(argument, context);
    else await dryRun(ref, context);
  },

  /** The argument is the run's id. With `{ preserveFocus: true }`, the focus stays where it is. */
  async 'callboard.templates.openTask'(id, { portal }, options) {
    const preserveFocus = isRecord(options) && options['preserveFocus'] === true;
    if (typeof id === 'string') await portal.open({ page: 'task', id }, { preserveFocus });
  },

  async 'callboard.templates.openTasks'(_, { portal }) {
    await portal.open({ page: 'tasks' });
  },
};

async function dryRun(ref: string, { scaffolder, portal }: ScaffolderContext): Promise<void> {
  const outcome = await scaffolder.start(ref, { isDryRun: true });
  if (outcome === 'form') await portal.open({ page: 'template', template: ref, isDryRun: true });
}

/** Dry-runs a template in the editor or in a file, or one that the user picks. */
async function dryRunInEditor(argument: unknown, context: ScaffolderContext): Promise<void> {
  const { scaffolder } = context;
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const file = uri && formatUri(uri);
  const templates = (await scaffolder.getTemplates()).filter(template => template.file === file);
  if (templates.length === 0) {
    const select = vscode.l10n.t('Select Template…');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('No valid template is open in the editor.'),
      select,
    );
    if (answer === select) await pickTemplate(context, ref => dryRun(ref, context));
    return;
  }
  const [only, other] = templates;
  const picked = other
    ? (await vscode.window.showQuickPick<TemplateItem>(templates.map(itemOf)))?.template
    : only;
  if (picked) await dryRun(picked.ref, context);
}

/** State key of the recently used templates' refs. */
const RECENT = 'templates.recent';
const MOST_RECENT = 5;

async function start(
  ref: string,
  { portal, scaffolder, state }: ScaffolderContext,
  folder: vscode.Uri | undefined,
): Promise<void> {
  const outcome = await scaffolder.start(ref, folder ? { folder: formatUri(folder) } : {});
  if (outcome === 'cancelled') return;
  if (outcome === 'form') await portal.open({ page: 'template', template: ref });
  const others = recentOf(state.get(RECENT)).filter(other => other !== ref);
  await state.set(RECENT, [ref, ...others].slice(0, MOST_RECENT));
}

function recentOf(kept: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(kept) ? kept : [];
  return items.filter((item): item is string => typeof item === 'string');
}

interface TemplateItem extends vscode.QuickPickItem {
  readonly template?: TemplateSummary;
}

/**
 * Asks for a template and uses its ref. The picker stays open until the template's first prompt replaces it.
 * Otherwise, the editor would return the focus to a webview, which would take it from the prompt.
 */
async function pickTemplate(
  context: ScaffolderContext,
  use: (ref: string) => Promise<void>,
): Promise<void> {
  const { scaffolder, identity, state } = context;
  const pick = vscode.window.createQuickPick<TemplateItem>();
  pick.title = vscode.l10n.t('Select Template');
  pick.placeholder = vscode.l10n.t('Search by title, type, tag or owner');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  pick.show();
  try {
    const picked = new Promise<string | undefined>(resolve => {
      pick.onDidAccept(() => resolve(pick.activeItems[0]?.template?.ref));
      pick.onDidHide(() => resolve(undefined));
      pick.onDidTriggerItemButton(({ item }) => {
        if (item.template) void openFile(item.template);
      });
    });
    const templates = await scaffolder.getTemplates();
    const recent = recentOf(state.get(RECENT));
    const owners = identity.getOwnershipRefs();
    pick.items = orderTemplates(templates, { recent, owners }).flatMap(itemsOf);
    pick.busy = false;
    if (templates.length === 0) pick.placeholder = vscode.l10n.t('No templates.');
    const ref = await picked;
    pick.busy = true;
    if (ref !== undefined) await use(ref);
  } finally {
    pick.dispose();
  }
}

function itemsOf({ section, templates }: TemplateChoice): readonly TemplateItem[] {
  const titles: Readonly<Record<typeof section, string>> = {
    recent: vscode.l10n.t('recently used'),
    own: vscode.l10n.t('your teams'),
    all: vscode.l10n.t('catalog'),
    shipped: vscode.l10n.t('included with Callboard'),
  };
  const heading: TemplateItem = {
    label: titles[section],
    kind: vscode.QuickPickItemKind.Separator,
  };
  return [heading, ...templates.map(itemOf)];
}

function itemOf(template: TemplateSummary): TemplateItem {
  const { title, type, tags, description, instance, plugin } = template;
  return {
    template,
    // Texts come from untrusted files.
    label: `$(${templateIcon(type)}) ${withoutIcons(title)}`,
    description: withoutIcons(
      [type, ownerOf(template), instance?.name, plugin, ...tags].filter(Boolean).join(' · '),
    ),
    detail: withoutIcons((description ?? '').split('\n')[0] ?? ''),
    buttons: [
      {
        iconPath: new vscode.ThemeIcon('go-to-file'),
        tooltip: vscode.l10n.t('Open Template File'),
      },
    ],
  };
}

async function openFile({ file }: TemplateSummary): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.from(parseUri(file)));
}

function templateOf(argument: unknown): TemplateSummary | undefined {
  return isTreeNode<TemplateNode>(argument, ['template']) && argument.type === 'template'
    ? argument.template
    : undefined;
}
