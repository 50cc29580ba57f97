import * as vscode from 'vscode';
import {
  type CatalogSourceInfo,
  type CatalogSourcePlace,
  type CatalogSourceType,
  formatAge,
  formatUri,
  isSafeUrl,
  isTreeNode,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import { selectableKinds, settingsLeft, type SourceNode, typeLabel } from '..';
import { addSource } from './addSource';
import type { SourceCommandId, SourcesContext } from './sourcesContext';

type Command = (argument: unknown, context: SourcesContext) => Promise<void>;

/** Handlers of the source commands. Loaded with the first one that runs. */
export const sourceCommands: Readonly<Record<SourceCommandId, Command>> = {
  'callboard.sources.show': (_argument, { showView }) => showView(),

  'callboard.sources.add': (_argument, context) => addSource(context),

  'callboard.sources.refresh': onSource(
    () => vscode.l10n.t('Refresh Source'),
    async ({ id, name }, { actions, sources }) => {
      const title = vscode.l10n.t('Fetching {0}…', withoutLinks(name));
      await actions.withProgress(title, ({ signal }) => sources.refresh({ id, signal }));
    },
  ),

  async 'callboard.sources.refreshAll'(_argument, context) {
    if (context.sources.getSources().length === 0) return showNoSources(context);
    await context.actions.withProgress(vscode.l10n.t('Fetching all sources…'), ({ signal }) =>
      context.sources.refresh({ signal }),
    );
  },

  'callboard.sources.cancelFetch': onSource(
    () => vscode.l10n.t('Cancel Fetch'),
    ({ id }, { sources }) => sources.cancelFetch(id),
  ),

  // Asks first, because a deleted copy must be fetched again.
  'callboard.sources.remove': onSource(
    () => vscode.l10n.t('Remove Source'),
    async (source, { sources }) => {
      const isConfirmed = await confirm(
        vscode.l10n.t('Remove the source {0}?', withoutLinks(source.name)),
        [settingsLeft(source, vscode.l10n.t), whatElseGoes(source)].join(' '),
        vscode.l10n.t('Remove'),
      );
      if (isConfirmed) await sources.remove(source.id);
    },
  ),

  'callboard.sources.signIn': onSource(
    () => vscode.l10n.t('Sign In to Backstage'),
    ({ id }, { sources }) => sources.signIn(id),
    'backstage',
  ),

  'callboard.sources.signOut': onSource(
    () => vscode.l10n.t('Sign Out of Backstage'),
    async ({ id, name }, { sources }) => {
      const host = await sources.signOut(id);
      tell(
        host === undefined
          ? vscode.l10n.t("You aren't signed in to {0}.", name)
          : vscode.l10n.t('You have signed out of {0}.', host),
      );
    },
    'backstage',
  ),

  'callboard.sources.setToken': onSource(
    () => vscode.l10n.t('Set Source Token'),
    ({ id }, { sources }) => sources.setToken(id),
  ),

  'callboard.sources.removeToken': onSource(
    () => vscode.l10n.t('Remove Source Token'),
    async ({ id, name }, { sources }) => {
      const isConfirmed = await confirm(
        vscode.l10n.t('Remove the token for {0}?', withoutLinks(name)),
        vscode.l10n.t('All sources on the same host use it.'),
        vscode.l10n.t('Remove'),
      );
      if (!isConfirmed) return;
      const host = await sources.removeToken(id);
      tell(
        host === undefined
          ? vscode.l10n.t('No token is saved for {0}.', name)
          : vscode.l10n.t('The token for {0} was removed.', host),
      );
    },
  ),

  'callboard.sources.allowKinds': onSource(() => vscode.l10n.t('Allow Kinds'), allowKinds),

  async 'callboard.sources.openInBrowser'(argument, context) {
    const file = fileFor(argument);
    if (file !== undefined) {
      const page = context.sources.getPlaceOf(file)?.webPage;
      return page === undefined ? showNoPage() : openWeb(page);
    }
    const source = await sourceFor(argument, vscode.l10n.t('Open Source in Browser'), context);
    if (source) await openWeb(source.url);
  },

  'callboard.sources.copyUrl': onSource(
    () => vscode.l10n.t('Copy Source URL'),
    async ({ url }) => vscode.env.clipboard.writeText(url),
  ),

  'callboard.sources.forget': onSource(
    () => vscode.l10n.t('Clear Source Cache'),
    async ({ id, name, url }, { sources }) => {
      const isConfirmed = await confirm(
        vscode.l10n.t('Clear the cached copy of {0}?', withoutLinks(name)),
        vscode.l10n.t(
          'Its entities leave the catalog until the source is fetched again from {0}.',
          url,
        ),
        vscode.l10n.t('Clear Cache'),
      );
      if (isConfirmed) await sources.forget(id);
    },
  ),

  async 'callboard.sources.openSettings'() {
    await vscode.commands.executeCommand(
      'workbench.action.openSettings',
      'callboard.catalog.sources',
    );
  },

  async 'callboard.sources.clone'(argument, context) {
    const repository = await repositoryFor(argument, context);
    if (repository === undefined) tell(vscode.l10n.t("Can't find a repository for this file."));
    else await vscode.commands.executeCommand('git.clone', repository);
  },
};

/** Creates a command for the source of a row, or one that the user selects. */
function onSource(
  title: () => string,
  run: (source: CatalogSourceInfo, context: SourcesContext) => Promise<void>,
  type?: CatalogSourceType,
): Command {
  return async (argument, context) => {
    const source = await sourceFor(argument, title(), context, type);
    if (source) await run(source, context);
  };
}

async function confirm(question: string, detail: string, action: string): Promise<boolean> {
  const options = { modal: true, detail };
  return (
    (await vscode.window.showWarningMessage(withoutLinks(question), options, action)) === action
  );
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(withoutLinks(text));
}

function whatElseGoes({ url }: CatalogSourceInfo): string {
  return vscode.l10n.t(
    'Its cached copy is deleted and its entities leave the catalog. Nothing changes at {0}.',
    url,
  );
}

/** Returns the source of a row, or one that the user selects. */
async function sourceFor(
  argument: unknown,
  title: string,
  context: SourcesContext,
  type?: CatalogSourceType,
): Promise<CatalogSourceInfo | undefined> {
  const sources = context.sources
    .getSources()
    .filter(source => type === undefined || source.type === type);
  const node = isFromKey(argument) ? await context.findFocused() : asSourceNode(argument);
  const sourceId = node?.sourceId ?? (typeof argument === 'string' ? argument : undefined);
  if (sourceId !== undefined) return sources.find(({ id }) => id === sourceId);
  if (sources.length === 0) {
    await showNoSources(context, type);
    return undefined;
  }
  // A single source needs no selection.
  if (type !== undefined && sources.length === 1) return sources[0];
  const picked = await vscode.window.showQuickPick(
    sources.map(source => ({
      source,
      label: withoutIcons(source.name),
      description: [
        typeLabel(source.type, vscode.l10n.t),
        source.fetchedAt === undefined
          ? undefined
          : formatAge(source.fetchedAt, Date.now(), vscode.l10n.t),
      ]
        .filter(Boolean)
        .join(' · '),
      detail: withoutIcons(source.failure?.message ?? source.url),
    })),
    { title, placeHolder: vscode.l10n.t('Select a source'), matchOnDetail: true },
  );
  return picked?.source;
}

async function showNoSources(context: SourcesContext, type?: CatalogSourceType): Promise<void> {
  const add = vscode.l10n.t('Add Source…');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      type === 'backstage'
        ? vscode.l10n.t('The catalog has no Backstage source.')
        : vscode.l10n.t('The catalog has no sources besides the workspace.'),
    ),
    add,
  );
  if (answer === add) await addSource(context);
}

function showNoPage(): void {
  tell(vscode.l10n.t('This file has no web page.'));
}

/** Opens a URL if it is safe. */
async function openWeb(url: string): Promise<void> {
  if (isSafeUrl(url)) await vscode.env.openExternal(vscode.Uri.parse(url));
  else showNoPage();
}

async function repositoryFor(
  argument: unknown,
  context: SourcesContext,
): Promise<string | undefined> {
  const file = fileFor(argument);
  const place: CatalogSourcePlace | undefined =
    file === undefined ? undefined : context.sources.getPlaceOf(file);
  if (file !== undefined) return place?.repository;
  const source = await sourceFor(argument, vscode.l10n.t('Clone and Edit'), context);
  return source?.type === 'git' ? source.url : undefined;
}

/** Returns the source file of an editor menu or of the active editor. */
function fileFor(argument: unknown): string | undefined {
  if (asSourceNode(argument) || typeof argument === 'string') return undefined;
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'callboard-source' ? formatUri(uri) : undefined;
}

/** Whether a key ran the command, for the focused row. */
function isFromKey(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'focused' in argument;
}

function asSourceNode(argument: unknown): SourceNode | undefined {
  return isTreeNode<SourceNode>(argument, ['source', 'failure', 'advice', 'notAllowed', 'remedy'])
    ? argument
    : undefined;
}

interface KindItem extends vscode.QuickPickItem {
  readonly allowed: string;
}

/** Lets the user select the kinds that a source may bring, and writes them to the settings that name it. */
async function allowKinds(source: CatalogSourceInfo, { sources }: SourcesContext): Promise<void> {
  const kinds = selectableKinds(source, vscode.l10n.t);
  if (kinds.length === 0) return tell(vscode.l10n.t('All kinds are allowed for this source.'));
  const picked = await vscode.window.showQuickPick(
    kinds.map(({ kind, isAllowed, description, detail = '' }): KindItem => ({
      label: withoutIcons(kind),
      allowed: kind,
      description,
      detail,
      picked: isAllowed,
    })),
    {
      title: vscode.l10n.t('Allow Kinds from {0}', withoutIcons(source.name)),
      placeHolder: vscode.l10n.t('Select kinds to allow'),
      canPickMany: true as const,
    },
  );
  if (!picked) return;
  await sources.setAllowedKinds(
    source.id,
    picked.map(({ allowed }) => allowed),
  );
}
