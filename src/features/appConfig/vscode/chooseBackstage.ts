import * as vscode from 'vscode';
import type { Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import { readSetting } from '../../../platform/vscode/trust';
import { readCatalogOptions } from '../../catalog/core';

/** Configs with other names are layers of one of these. */
const CONFIG_GLOB = '**/app-config.yaml';
const MAX_FOUND = 20;

/** Finds configs of the workspace with a catalog, outermost first. */
export async function findConfigs(logger: Logger): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(CONFIG_GLOB, '**/node_modules/**', MAX_FOUND);
  const { options } = readCatalogOptions(key => readSetting(key));
  const withCatalog: vscode.Uri[] = [];
  for (const uri of found) {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > options.maxFileSize) {
        logger.debug(`${uri.toString()} is too large to read`);
        continue;
      }
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (/^["']?catalog["']?\s*:/m.test(text)) withCatalog.push(uri);
    } catch (error) {
      logger.debug(`Cannot read ${uri.toString()}: ${String(error)}`);
    }
  }
  return withCatalog.sort((a, b) => a.path.length - b.path.length);
}

/**
 * Returns the only config of the workspace, or the one that the user selects.
 *
 * @throws Error if there is none
 */
export async function chooseConfig(
  setting: string,
  logger: Logger,
): Promise<vscode.Uri | undefined> {
  const found = await findConfigs(logger);
  if (!found.length) {
    throw new Error(
      vscode.l10n.t(
        'This workspace has no app-config.yaml with a catalog. Use the setting {0} to specify one.',
        setting,
      ),
    );
  }
  if (found.length === 1) return found[0];
  const picked = await vscode.window.showQuickPick(
    found.map(uri => ({ label: vscode.workspace.asRelativePath(uri), uri })),
    { placeHolder: vscode.l10n.t('Select a Backstage configuration') },
  );
  return picked?.uri;
}

/** Asks whether to show the catalog of a config's Backstage. */
export async function wantsBackstage(config: vscode.Uri): Promise<boolean> {
  const show = vscode.l10n.t('Show as Backstage');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} configures a Backstage. Callboard can show the catalog as that Backstage would.',
      withoutLinks(vscode.workspace.asRelativePath(config)),
    ),
    show,
  );
  return answer === show;
}
