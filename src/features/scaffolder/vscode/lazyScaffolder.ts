import * as vscode from 'vscode';
import type {
  ScaffolderAction,
  ScaffolderActionsExtensionPoint,
  ScaffolderService,
  ScaffolderTemplatesExtensionPoint,
  TemplateProvider,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  lazyService,
  onDemand,
  Registry,
} from '../../../base';
import type { Platform } from '../../../platform/vscode/platform';
import type { CatalogEngine } from '../../catalog/core';
import type { TemplateForms } from '../core/pages';
import type { ScaffolderDeps } from './scaffolderDeps';
import type { ScaffolderTools } from './scaffolderTools';

export interface LazyScaffolderDeps extends Omit<
  ScaffolderDeps,
  'tools' | 'contributed' | 'provided' | 'environment'
> {
  /** Receives the actions of plugins, to validate Templates that use them. */
  readonly engine: ScaffolderDeps['engine'] & Pick<CatalogEngine, 'setTemplateActions'>;
  readonly platform: Pick<Platform, 'environment'>;
  readonly loadScaffolder: (() => Promise<ScaffolderTools>) | undefined;
}

/** Loads the scaffolder with the first request. Without `loadScaffolder`, there are no Templates. */
export function lazyScaffolder(
  deps: LazyScaffolderDeps,
): ScaffolderService &
  TemplateForms &
  ScaffolderActionsExtensionPoint &
  ScaffolderTemplatesExtensionPoint &
  Disposable {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>());
  const actions = new Registry<ScaffolderAction>();
  const providers = new Registry<TemplateProvider>();
  const load = onDemand(async () => {
    const tools = await deps.loadScaffolder?.();
    const { workers } = deps;
    const { environment } = deps.platform;
    if (!tools || !workers)
      throw new Error(vscode.l10n.t("Templates aren't available in the browser."));
    const contributed = (): Iterable<ScaffolderAction> => actions.all();
    const scaffolder = store.add(
      new tools.VsCodeScaffolder({
        ...deps,
        workers,
        tools,
        contributed,
        provided: () => providers.all(),
        environment,
      }),
    );
    store.add(scaffolder.onDidChange(() => changed.fire()));
    return scaffolder;
  });
  store.add(providers.onDidChange(() => changed.fire()));
  let isTelling = false;
  store.add(
    actions.onDidChange(() => {
      changed.fire();
      if (isTelling) return;
      isTelling = true;
      // Collects the actions of a plugin, because each change reloads the catalog.
      queueMicrotask(() => {
        isTelling = false;
        deps.engine.setTemplateActions(actions.all());
      });
    }),
  );
  return lazyService(load, {
    onDidChange: changed.event,
    addAction: (action: ScaffolderAction) => {
      const { id } = action;
      if (actions.get(id)) throw new TypeError(`The action ${id} already exists`);
      return actions.add(action);
    },
    addTemplateProvider: (provider: TemplateProvider) => providers.add(provider),
    getTemplates: async () => (deps.loadScaffolder ? (await load()).getTemplates() : []),
    dispose: () => store.dispose(),
  });
}
