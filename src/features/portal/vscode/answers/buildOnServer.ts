import * as vscode from 'vscode';
import { isAbort, messageWithAdvice } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';
import { toAbortSignal } from '../../../../platform/vscode/convert';
import type { InstancePages } from '../../../techdocs/core/pages';

/**
 * Has a Backstage build docs, once the user has said so.
 *
 * @param site - id of the site
 * @returns whether there are others now
 */
export async function buildOnServer(
  site: string,
  pages: Pick<InstancePages, 'build' | 'nameOf'>,
): Promise<boolean> {
  const { title, server } = await pages.nameOf(site);
  const build = vscode.l10n.t('Build on the Server');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(vscode.l10n.t('Have {0} build the docs of {1}?', server, title)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It reads their files from the repository and publishes what comes of them, for everybody. That may take minutes.',
      ),
    },
    build,
  );
  if (answer !== build) return false;
  try {
    return await withProgress(
      vscode.l10n.t('{0} builds the docs of {1}', server, title),
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
