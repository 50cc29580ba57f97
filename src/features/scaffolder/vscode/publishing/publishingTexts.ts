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
    ? [vscode.l10n.t('Adds a target to the Location {0}.', printableName(location.name))]
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
      return [vscode.l10n.t('Initializes a git repository in {0}.', shownPath(folder))];
    case 'branch': {
      const branch = printableName(place.branch);
      const repository = shownPath(place.repository);
      return [vscode.l10n.t('Creates and checks out the branch {0} in {1}.', branch, repository)];
    }
    case 'remote':
      return [vscode.l10n.t('Pushes a commit to {0}.', printableName(place.url))];
    case 'forge':
      return [...targets].map(publishSentence);
  }
}

function publishSentence(target: PublishTarget): string {
  const repository = printableName(target.repository);
  if (target.branch === undefined) {
    return vscode.l10n.t('Publishes to {0} with your account.', repository);
  }
  const branch = printableName(target.branch);
  return target.overwrites
    ? vscode.l10n.t(
        'Opens a pull request from the branch {0} of {1} with your account. If one is already open, overwrites its branch.',
        branch,
        repository,
      )
    : vscode.l10n.t(
        'Opens a pull request from the branch {0} of {1} with your account.',
        branch,
        repository,
      );
}

/** Sentences about published changes. */
export function publishedSentences(published: readonly Published[]): string[] {
  return published.map(one => {
    switch (one.type) {
      case 'repository':
        return vscode.l10n.t('Created a git repository with a commit on {0}.', one.branch);
      case 'branch':
        return vscode.l10n.t('Committed to the branch {0} and checked it out.', one.branch);
      case 'push':
        return vscode.l10n.t('Pushed {0} to {1}.', one.branch, one.remote);
      case 'location':
        return vscode.l10n.t(
          'Added the target {1} to the Location {0}.',
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
export function assertSaved(file: string): void {
  const isUnsaved = vscode.workspace.textDocuments.some(
    ({ uri, isDirty }) => isDirty && fromUri(uri) === file,
  );
  if (!isUnsaved) return;
  throw new Error(vscode.l10n.t('{0} has unsaved changes.', shownPath(file)));
}

/** Error of the text for a place, if it is invalid. */
export function validatePlaceText(type: LaunchPlace['type'], text: string): string | undefined {
  if (type === 'branch' && !isBranchName(text)) {
    return vscode.l10n.t('Enter a valid branch name.');
  }
  if (type === 'remote' && !readRemoteUrl(text).ok) {
    return vscode.l10n.t(
      'Enter an https or ssh URL without a password, or the absolute path of a repository.',
    );
  }
  return undefined;
}
