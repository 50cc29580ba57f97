import * as vscode from 'vscode';
import type { LinkTarget, PortalPage, PortalService, TechDocsService } from '../../../../api';
import { isAbort, messageWithAdvice } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';
import { toAbortSignal, toUri } from '../../../../platform/vscode/convert';
import type { DocsPages, InstancePages } from '../../../techdocs/core/pages';
import type { SaveRequest } from '../../protocol';
import { linkOfPage } from '../deepLinks';
import type { LinkTargets } from '../linkTargets';
import { answersOf, type RequestAnswer } from './requestAnswer';

export interface EditorAnswersDeps {
  readonly portal: PortalService;
  readonly targets: LinkTargets;
  readonly techdocs: TechDocsService;
  readonly docs: Pick<DocsPages, 'getInstancePages'>;
}

/** Handles the requests that need the editor. */
export function editorAnswers({
  portal,
  targets,
  techdocs,
  docs,
}: EditorAnswersDeps): readonly RequestAnswer[] {
  return answersOf({
    follow: async ({ target, toSide = false }) => {
      const page = pageOf(target);
      if (page) await portal.open(page, { toSide });
      else await targets.open(target, { toSide });
    },
    editDocs: async ({ site, path, line, toSide = false }) => {
      const content = await techdocs.loadContent(site);
      const file = content?.pages.find(page => page.path === path)?.file;
      if (file === undefined) throw new Error(vscode.l10n.t('This page no longer exists.'));
      const at = new vscode.Position(line, 0);
      await vscode.window.showTextDocument(toUri(file), {
        viewColumn: toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
        selection: new vscode.Range(at, at),
      });
    },
    buildDocs: async ({ site }) => buildOnServer(site, await docs.getInstancePages()),
    save: save,
    copy: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
    },
    copyLink: async ({ page }) => {
      await vscode.env.clipboard.writeText(linkOfPage(page));
    },
    ping: () => Promise.resolve(),
  });
}

function pageOf(target: LinkTarget): PortalPage | undefined {
  if (target.type === 'page') return target.page;
  if (target.type === 'entity') return { page: 'entity', entityRef: target.entityRef };
  return undefined;
}

async function save({ name, content, isBinary = false }: SaveRequest): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, name),
  });
  if (!uri) return false;
  const bytes = isBinary
    ? Uint8Array.from(atob(content), character => character.charCodeAt(0))
    : new TextEncoder().encode(content);
  await vscode.workspace.fs.writeFile(uri, bytes);
  return true;
}

/**
 * Builds docs on a Backstage after the user confirms.
 *
 * @param site - id of the site
 * @returns whether there are new docs
 */
async function buildOnServer(
  site: string,
  pages: Pick<InstancePages, 'build' | 'nameOf'>,
): Promise<boolean> {
  const { title, server } = await pages.nameOf(site);
  const build = vscode.l10n.t('Build on the Server');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(vscode.l10n.t('Build the docs of {1} on {0}?', server, title)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The server reads the files from the repository and publishes the docs for everyone. This can take several minutes.',
      ),
    },
    build,
  );
  if (answer !== build) return false;
  try {
    return await withProgress(
      vscode.l10n.t('Building the docs of {1} on {0}', server, title),
      (signal, report) => pages.build(site, { signal, report }),
    );
  } catch (error) {
    if (!isAbort(error)) {
      void vscode.window.showErrorMessage(withoutLinks(messageWithAdvice(error)));
    }
    return false;
  }
}

async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (line: string) => void) => Promise<T>,
): Promise<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) =>
    task(toAbortSignal(token), message => progress.report({ message: withoutLinks(message) })),
  );
}
