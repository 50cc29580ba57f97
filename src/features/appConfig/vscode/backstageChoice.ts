import * as vscode from 'vscode';
import { type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import { readSetting } from '../../../platform/vscode/trust';
import { readCatalogOptions } from '../../catalog/core';

/** Configs with other names are layers of one of these. */
const CONFIG_GLOB = '**/app-config.yaml';
const MAX_FOUND = 20;

/** Those of the workspace that say something of a catalog, the outermost first. */
export async function findConfigs(logger: Logger): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(CONFIG_GLOB, '**/node_modules/**', MAX_FOUND);
  const { options } = readCatalogOptions(key => readSetting(key));
  const withCatalog: vscode.Uri[] = [];
  for (const uri of found) {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > options.maxFileSize) {
        logger.debug(`${uri.toString()} is too large to be looked into`);
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
 * The config of the workspace, the one that the user picks where there are several.
 *
 * @throws Error where there is none
 */
export async function chooseConfig(
  setting: string,
  logger: Logger,
): Promise<vscode.Uri | undefined> {
  const found = await findConfigs(logger);
  if (!found.length) {
    throw new Error(
      vscode.l10n.t(
        'There is no app-config.yaml with a catalog in this workspace. The setting {0} can name one.',
        setting,
      ),
    );
  }
  if (found.length === 1) return found[0];
  const picked = await vscode.window.showQuickPick(
    found.map(uri => ({ label: vscode.workspace.asRelativePath(uri), uri })),
    { placeHolder: vscode.l10n.t('Which Backstage?') },
  );
  return picked?.uri;
}

/** Asks whether the catalog is to be shown as the Backstage of a config would hold it. */
export async function wantsBackstage(config: vscode.Uri): Promise<boolean> {
  const show = vscode.l10n.t('Show as Backstage');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} configures a Backstage. The catalog can be shown as that Backstage would hold it.',
      withoutLinks(vscode.workspace.asRelativePath(config)),
    ),
    show,
  );
  return answer === show;
}
