import type { CatalogSourceInfo } from '../../../api';
import type { Translate } from '../../../base';

/** Whose settings name a source, as a sentence. */
export function settingsNaming(
  { scopes }: CatalogSourceInfo,
  translate: Translate,
): string | undefined {
  if (!scopes?.length) return undefined;
  if (scopes.length > 1) return translate('The settings of the workspace and yours name it.');
  return scopes[0] === 'user'
    ? translate('Your user settings name it, for all workspaces.')
    : translate('The settings of the workspace name it.');
}

/** Whose settings a source is taken out of, as a sentence. */
export function settingsLeft({ scopes }: CatalogSourceInfo, translate: Translate): string {
  if (!scopes?.length) return translate('It is taken out of the settings.');
  if (scopes.length > 1) {
    return translate(
      'It is taken out of your user settings, for all workspaces, and out of the settings of the workspace, for everybody who has these.',
    );
  }
  return scopes[0] === 'user'
    ? translate('It is taken out of your user settings, for all workspaces.')
    : translate('It is taken out of the settings of the workspace, for everybody who has these.');
}
