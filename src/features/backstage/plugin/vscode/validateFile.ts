import * as vscode from 'vscode';
import {
  type BackstageInstance,
  type DescriptorValidation,
  formatEditorUri,
  translateCount,
  withoutLinks,
} from '../../../../api';
import type { InstancesContext } from './instancesContext';
import { pickInstance } from './entityFor';

/**
 * Location of a file without a repository address. The host doesn't exist, so that relative references can't be
 * read.
 */
const NOWHERE = 'https://callboard.invalid/catalog-info.yaml';

/** Validates the file in the editor with a Backstage, including unsaved changes. */
export async function validateFile(argument: unknown, context: InstancesContext): Promise<void> {
  const document = await documentFor(argument);
  if (!document) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a descriptor to validate.'));
    return;
  }
  const title = vscode.l10n.t('Validate with Backstage');
  const instance = await pickInstance({ title }, context);
  if (!instance) return;
  const { name } = instance.source;
  const file = formatEditorUri(document.uri);
  const address = (await context.sources.findAddresses([file])).get(file)?.url;
  const { version } = document;
  const result = await context.actions.withProgress(
    vscode.l10n.t('{0} is validating {1}…', withoutLinks(name), nameOf(document.uri)),
    ({ signal }) =>
      instance.catalog.validateText(document.getText(), `url:${address ?? NOWHERE}`, { signal }),
  );
  if (document.version !== version) {
    showInformation(
      vscode.l10n.t("The file has changed, so the results from {0} aren't shown.", name),
    );
    return;
  }
  context.objections.show(document.uri, name, result.objections);
  if (result.objections.length === 0) showInformation(approval(result, instance));
  else await showObjections(result, instance);
}

function approval(
  { entities, unreadable }: DescriptorValidation,
  { source }: BackstageInstance,
): string {
  const { name } = source;
  if (entities === 0) return vscode.l10n.t('This file has no entity to validate with {0}.', name);
  const all =
    entities === 1
      ? vscode.l10n.t('{0} found no problems in the entity.', name)
      : translateCount(
          entities,
          {
            one: '{1} found no problems in the entity.',
            other: '{1} found no problems in the {0} entities.',
          },
          name,
        );
  if (unreadable === 0) return all;
  return `${all} ${vscode.l10n.t("Documents that can't be validated: {0}.", unreadable)}`;
}

async function showObjections(
  { objections }: DescriptorValidation,
  { source: { name } }: BackstageInstance,
): Promise<void> {
  const show = vscode.l10n.t('Show Problems');
  const text =
    objections.length === 1
      ? vscode.l10n.t('{0} reported: {1}', name, objections[0]?.message ?? '')
      : translateCount(
          objections.length,
          { one: '{1} reported {0} problem.', other: '{1} reported {0} problems.' },
          name,
        );
  const answer = await vscode.window.showWarningMessage(withoutLinks(text), show);
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function showInformation(text: string): void {
  void vscode.window.showInformationMessage(withoutLinks(text));
}

async function documentFor(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (!(argument instanceof vscode.Uri)) return vscode.window.activeTextEditor?.document;
  return vscode.workspace.openTextDocument(argument);
}

function nameOf({ path }: vscode.Uri): string {
  return withoutLinks(path.slice(path.lastIndexOf('/') + 1));
}
