import * as vscode from 'vscode';
import {
  entityTitle,
  formatUri,
  isSafeUrl,
  isTreeNode,
  parseUri,
  type TechDocsBuildResult,
  type TechDocsSite,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../../../api';
import { type DocsNode, type DocsPage, pageOfEntity, pageOfFile, pageOfSite } from '..';
import type { DocsCommandId, DocsContext } from './docsContext';

/** Command handlers, loaded with the first command. */
export const docsCommands: Readonly<
  Record<
    DocsCommandId,
    (argument: unknown, context: DocsContext, second?: unknown) => Promise<void>
  >
> = {
  /** Opens the docs of an entity (its ref), a row, or a picked site. */
  async 'callboard.docs.open'(argument, context) {
    const node = asDocsNode(argument);
    if (node?.type === 'page') {
      await showPage({ site: siteOf(node).id, path: node.page.path }, context);
    } else if (node?.type === 'site') await openSite(node.site.id, context);
    else if (typeof argument === 'string') await openEntity(argument.toLowerCase(), context);
    else {
      const siteId = await pickSite(vscode.l10n.t('Open Docs'), context);
      if (siteId !== undefined) await openSite(siteId, context);
    }
  },

  /** Shows a Markdown file (a URI), or the active one, as a page. */
  async 'callboard.docs.preview'(argument, { portal, techdocs }) {
    const uri = argument instanceof vscode.Uri ? argument : activeUri();
    const page = uri && (await pageOfFile(formatUri(uri), techdocs));
    if (page) await showPage(page, { portal, toSide: true });
    else {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("This file isn't a page of a docs site."),
      );
    }
  },

  async 'callboard.docs.openFile'(argument) {
    const node = asDocsNode(argument);
    if (node?.type === 'page') await openUri(node.page.file);
    else if (node?.type === 'link' && node.file !== undefined) await openUri(node.file);
    else if (node?.type === 'link' && isSafeUrl(node.url)) await openWeb(node.url);
    else if (node?.type === 'link') {
      // Broken entries are fixed in the config.
      const { config } = siteOf(node);
      if (config !== undefined) await openUri(config);
    }
  },

  async 'callboard.docs.openConfig'(argument) {
    const node = asDocsNode(argument);
    if (node?.type === 'site' && node.site.config !== undefined) await openUri(node.site.config);
  },

  async 'callboard.docs.openEntity'(argument, { portal }) {
    const node = asDocsNode(argument);
    const entityRef = node?.type === 'site' ? node.site.entityRefs[0] : undefined;
    if (entityRef !== undefined) await portal.open({ page: 'entity', entityRef });
  },

  async 'callboard.docs.openEditPage'(argument) {
    const node = asDocsNode(argument);
    if (node?.type === 'page' && node.page.editUrl !== undefined) await openWeb(node.page.editUrl);
  },

  /** Adds docs to an entity (its ref). */
  async 'callboard.docs.add'(argument, context) {
    if (typeof argument === 'string') await addDocs(argument.toLowerCase(), context);
    else await vscode.commands.executeCommand('callboard.entity.addDocs', argument);
  },

  /** Builds the site of a row, or a picked one, into a folder (a URI), or a chosen one. */
  async 'callboard.docs.build'(argument, context, target) {
    const node = asDocsNode(argument);
    const named = typeof argument === 'string' ? argument : undefined;
    const siteId = node
      ? siteOf(node).id
      : (named ?? (await pickSite(vscode.l10n.t('Build Docs'), context)));
    const folder = target instanceof vscode.Uri ? target : undefined;
    if (siteId !== undefined) await buildSite(siteId, context, folder);
  },
};

async function openEntity(ref: string, context: DocsContext): Promise<void> {
  const { catalog, techdocs } = context;
  const page = await pageOfEntity(ref, techdocs);
  if (page && (await showPage(page, context))) return;
  const entity = catalog.getEntityByRef(ref);
  const title = entity ? entityTitle(entity) : ref;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} has no docs in this workspace.', withoutLinks(title)),
  );
}

async function openSite(siteId: string, context: DocsContext): Promise<void> {
  const { techdocs } = context;
  const page = await pageOfSite(siteId, { path: '', techdocs });
  if (page && (await showPage(page, context))) return;
  void vscode.window.showInformationMessage(vscode.l10n.t('This site has no pages.'));
}

type SiteItem = vscode.QuickPickItem & { readonly id: string };

async function pickSite(title: string, { techdocs }: DocsContext): Promise<string | undefined> {
  const items = techdocs.getSites().then((sites): readonly SiteItem[] =>
    sites.map(({ id, name, folder, entityRefs }) => ({
      id,
      label: withoutIcons(name),
      description: vscode.workspace.asRelativePath(vscode.Uri.from(parseUri(folder))),
      detail: entityRefs.join(', '),
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.id;
}

/** @returns whether there was something to show */
async function showPage(
  page: DocsPage,
  { portal, toSide = false }: Pick<DocsContext, 'portal'> & { readonly toSide?: boolean },
): Promise<boolean> {
  if ('url' in page) {
    await openWeb(page.url);
    return isSafeUrl(page.url);
  }
  await portal.open({ page: 'docs', ...page }, { toSide });
  return true;
}

async function openUri(uri: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.from(parseUri(uri)));
}

/** Opens a web address. Ignores unsafe ones. */
async function openWeb(url: string): Promise<void> {
  if (isSafeUrl(url)) await vscode.env.openExternal(vscode.Uri.parse(url));
}

function activeUri(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri;
}

function siteOf(node: DocsNode): TechDocsSite {
  return node.type === 'site' ? node.site : siteOf(node.parent);
}

/** Returns the row that a menu or click passes to a command. */
function asDocsNode(argument: unknown): DocsNode | undefined {
  const types = ['site', 'section', 'page', 'link'] as const;
  return isTreeNode<DocsNode>(argument, types) ? argument : undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly how: 'write' | 'review';
}

/** Adds docs to an entity after a preview, as one undoable step. Never overwrites files. */
async function addDocs(entityRef: string, context: DocsContext): Promise<void> {
  const { builder, catalog, edits } = context;
  const entity = catalog.getEntityByRef(entityRef);
  const name = entity ? entityTitle(entity) : entityRef;
  const draft = await builder.draft(entityRef);
  if (draft.type === 'refused') {
    const message = vscode.l10n.t("Can't add docs to {0}: {1}", name, draft.reason);
    void vscode.window.showInformationMessage(withoutLinks(message));
    return;
  }
  const label = vscode.l10n.t('Add TechDocs to {0}', name);
  const how = await confirm(label, draft.edits, context);
  if (how === undefined) return;
  if (!(await edits.apply(draft.edits, { label, preview: how === 'review' }))) return;
  const page = draft.page === undefined ? undefined : vscode.Uri.from(parseUri(draft.page));
  if (page) await vscode.commands.executeCommand('vscode.open', page);
}

async function confirm(
  title: string,
  files: Parameters<DocsContext['edits']['apply']>[0],
  { edits }: DocsContext,
): Promise<Choice['how'] | undefined> {
  const preview = await edits.preview(title, files);
  try {
    const choices: readonly Choice[] = [
      {
        how: 'write',
        label: vscode.l10n.t('Apply Changes'),
        detail: vscode.l10n.t('You can undo this in one step'),
      },
      { how: 'review', label: vscode.l10n.t('Review Changes') },
    ];
    const picked = await vscode.window.showQuickPick(choices, { title, ignoreFocusOut: true });
    return picked?.how;
  } finally {
    preview.dispose();
  }
}

/** Builds a site into a chosen folder and offers to reveal it. */
async function buildSite(siteId: string, context: DocsContext, folder?: vscode.Uri): Promise<void> {
  const target = folder ?? (await chooseFolder(siteId));
  if (!target) return;
  const result =
    (await run(siteId, target, false, context)) ?? (await buildInEmptied(siteId, target, context));
  if (result) await report(result, target);
}

async function chooseFolder(siteId: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Build Docs'),
    openLabel: vscode.l10n.t('Build Here'),
    defaultUri: vscode.Uri.from(parseUri(siteId)),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

type Built = Extract<TechDocsBuildResult, { type: 'built' }>;

/** Returns undefined if the folder has foreign files. */
async function run(
  siteId: string,
  target: vscode.Uri,
  isCleaned: boolean,
  { actions, builder }: DocsContext,
): Promise<Built | undefined> {
  const result = await actions.withProgress(vscode.l10n.t('Building docs…'), ({ signal, report }) =>
    builder.build(siteId, { target: formatUri(target), isCleaned, signal, report }),
  );
  return result.type === 'built' ? result : undefined;
}

async function buildInEmptied(
  siteId: string,
  target: vscode.Uri,
  context: DocsContext,
): Promise<Built | undefined> {
  const empty = vscode.l10n.t('Empty Folder and Build');
  const message = vscode.l10n.t(
    "{0} contains files that aren't from an earlier build.",
    vscode.workspace.asRelativePath(target),
  );
  const detail = vscode.l10n.t('All files except hidden ones will be deleted.');
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(withoutLinks(message), options, empty);
  return answer === empty ? run(siteId, target, true, context) : undefined;
}

async function report({ pages, warnings, showLog }: Built, target: vscode.Uri): Promise<void> {
  const place = vscode.workspace.asRelativePath(target);
  const built =
    pages === undefined
      ? vscode.l10n.t('MkDocs built the docs in {0}.', place)
      : translateCount(
          pages,
          { one: 'Built {0} page in {1}.', other: 'Built {0} pages in {1}.' },
          place,
        );
  const note = warnings ? ` ${vscode.l10n.t('Warnings: {0}.', warnings)}` : '';
  const reveal = vscode.l10n.t('Reveal');
  const log = vscode.l10n.t('Show Log');
  const show = warnings ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the notification may stay open after the command.
  void show(withoutLinks(`${built}${note}`), reveal, ...(warnings ? [log] : [])).then(answer => {
    if (answer === log) showLog();
    if (answer !== reveal) return;
    const isOpen = vscode.workspace.getWorkspaceFolder(target) !== undefined;
    const index = vscode.Uri.joinPath(target, 'index.html');
    void vscode.commands.executeCommand(isOpen ? 'revealInExplorer' : 'revealFileInOS', index);
  });
}
