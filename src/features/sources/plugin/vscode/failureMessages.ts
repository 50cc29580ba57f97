import * as vscode from 'vscode';
import {
  type CatalogSourceInfo,
  type Disposable,
  translateCount,
  withoutLinks,
} from '../../../../api';
import { FailureNotices } from '../failureNotices';
import type { SourcesContext } from './sourcesContext';

/** Milliseconds to collect failures for: without a network, all sources fail at once. */
const TOGETHER = 1500;

/** Shows a warning when sources fail, once until they recover, and one at a time. */
export function showFailures(context: SourcesContext): Disposable {
  const notices = new FailureNotices();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isShown = false;
  const look = (): void => {
    if (isShown || waiting) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      const unreported = notices.take(context.sources.getSources());
      if (unreported.length === 0) return;
      isShown = true;
      void showWarning(unreported, context).finally(() => {
        isShown = false;
        // Later failures are in the view and its badge.
        notices.take(context.sources.getSources());
      });
    }, TOGETHER);
  };
  const subscription = context.sources.onDidChange(look);
  look();
  return {
    dispose() {
      clearTimeout(waiting);
      subscription.dispose();
    },
  };
}

async function showWarning(
  failing: readonly CatalogSourceInfo[],
  { actions, sources, showView }: SourcesContext,
): Promise<void> {
  const [first] = failing;
  if (!first) return;
  const isOne = failing.length === 1;
  const signIn = vscode.l10n.t('Sign In…');
  const setToken = vscode.l10n.t('Set Token…');
  const retry = vscode.l10n.t('Try Again');
  const show = vscode.l10n.t('Show Sources');
  const chosen = await vscode.window.showWarningMessage(
    withoutLinks(isOne ? oneFailure(first) : severalFailures(failing)),
    ...(isOne && first.failure?.canSignIn ? [signIn] : []),
    ...(isOne && first.failure?.needsToken ? [setToken] : []),
    retry,
    show,
  );
  await actions.run(vscode.l10n.t('Sources'), async () => {
    if (chosen === signIn) await sources.signIn(first.id);
    else if (chosen === setToken) await sources.setToken(first.id);
    else if (chosen === retry) await Promise.all(failing.map(({ id }) => sources.refresh({ id })));
    else if (chosen === show) await showView();
  });
}

/** Adds advice if there is no copy or a token is needed; otherwise the view has it. */
function oneFailure({ name, failure, fetchedAt }: CatalogSourceInfo): string {
  const isUrgent = fetchedAt === undefined || failure?.needsToken;
  return [
    vscode.l10n.t("Can't fetch the source {0}: {1}", name, ended(failure?.message ?? '')),
    isUrgent ? failure?.advice : undefined,
    fetchedAt === undefined ? undefined : vscode.l10n.t('Showing the last cached copy.'),
  ]
    .filter(Boolean)
    .join(' ');
}

function severalFailures(failing: readonly CatalogSourceInfo[]): string {
  return translateCount(
    failing.length,
    {
      one: "Can't fetch {0} source: {1}. Showing cached copies where available.",
      other: "Can't fetch {0} sources: {1}. Showing cached copies where available.",
    },
    failing.map(({ name }) => name).join(', '),
  );
}

/** Adds a full stop to a sentence. */
function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
