import type { Disposable } from '../../../base';
import { onFirstOpen } from '../../../platform/vscode/onFirstOpen';
import type { AppConfigEditingDeps } from './appConfigEditing';

/** Registers editor features for app-configs. */
export function editAppConfigs(deps: AppConfigEditingDeps): Disposable {
  return onFirstOpen(/\/app-config[^/]*\.ya?ml$/, async () => {
    const { AppConfigEditing } = await import('./appConfigEditing');
    return new AppConfigEditing(deps);
  });
}
