import * as vscode from 'vscode';
import { dirnameUri, printableName, relativePath } from '../../../../base';
import { fromUri, toUri } from '../../../../platform/vscode/convert';
import {
  isBranchName,
  type PublishChoice,
  type Published,
  type PublishTarget,
  readRemoteUrl,
} from '../../core';
import type { LaunchPlace } from '../../core/pages';

/**
 * Sentences about the effects of a run besides its files.
 * @param place.targets - targets on git hosts
 */
export function publishingEffects(
  { place, location }: PublishChoice,
  { folder, targets }: { readonly folder: string; readonly targets: Iterable<PublishTarget> },
): readonly string[] {
  const registers = location
    ? [vscode.l10n.t('The Location {0} gets one more target.', printableName(location.name))]
    : [];
  return [...placeEffects(place, folder, targets), ...registers];
}

function placeEffects(
  place: PublishChoice['place'],
  folder: string,
  targets: Iterable<PublishTarget>,
): readonly string[] {
  switch (place?.type) {
    case undefined:
      return [];
    case 'folder':
      return [vscode.l10n.t('{0} becomes a git repository.', shownPath(folder))];
    case 'branch': {
      const branch = printableName(place.branch);
      const repository = shownPath(place.repository);
      return [vscode.l10n.t('The branch {0} of {1} is made, and checked out.', branch, repository)];
    }
    case 'remote':
      return [vscode.l10n.t('A commit is pushed to {0}.', printableName(place.url))];
    case 'forge':
      return [...targets].map(askedSentence);
  }
}

function askedSentence(target: PublishTarget): string {
  const repository = printableName(target.repository);
  if (target.branch === undefined) {
    return vscode.l10n.t('The host is asked, as you, to publish to {0}.', repository);
  }
  const branch = printableName(target.branch);
  return target.overwrites
    ? vscode.l10n.t(
        'The host is asked, as you, to open a pull request from the branch {0} of {1}. If one is open, its branch is overwritten.',
        branch,
        repository,
      )
    : vscode.l10n.t(
        'The host is asked, as you, to open a pull request from the branch {0} of {1}.',
        branch,
        repository,
      );
}

/** Sentences about published changes. */
export function publishedSentences(published: readonly Published[]): string[] {
  return published.map(one => {
    switch (one.type) {
      case 'repository':
        return vscode.l10n.t('There is a git repository now, with a commit on {0}.', one.branch);
      case 'branch':
        return vscode.l10n.t('The branch {0} is checked out, with a commit.', one.branch);
      case 'push':
        return vscode.l10n.t('{0} was pushed to {1}.', one.branch, one.remote);
      case 'location':
        return vscode.l10n.t(
          'The Location {0} leads to {1}.',
          one.location,
          relativePath(dirnameUri(one.file), one.target) ?? shownPath(one.target),
        );
    }
  });
}

/** Workspace-relative path of a URI. */
export function shownPath(uri: string): string {
  return printableName(vscode.workspace.asRelativePath(toUri(uri), true));
}

/** @throws Error if a file has unsaved changes, which would conflict */
export function refuseUnsaved(file: string): void {
  const isUnsaved = vscode.workspace.textDocuments.some(
    ({ uri, isDirty }) => isDirty && fromUri(uri) === file,
  );
  if (!isUnsaved) return;
  throw new Error(vscode.l10n.t('{0} has changes that are not saved.', shownPath(file)));
}

/** Error of the text for a place, if it is invalid. */
export function placeTextFault(type: LaunchPlace['type'], text: string): string | undefined {
  if (type === 'branch' && !isBranchName(text)) {
    return vscode.l10n.t('This is no name of a branch.');
  }
  if (type === 'remote' && !readRemoteUrl(text).ok) {
    return vscode.l10n.t(
      'This is no address with https or ssh and without a password, nor the absolute path of a repository.',
    );
  }
  return undefined;
}
