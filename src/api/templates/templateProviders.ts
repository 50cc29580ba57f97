import type { Disposable, Event } from '../../base';
import { createExtensionPoint } from '../extensionPoints';

/**
 * Software templates that a plugin brings along. They are offered like those of the catalog, which win over them if
 * they have the same ref.
 *
 * @beta
 */
export interface TemplateProvider {
  /** Unique id, such as `acme.templates`. */
  readonly id: string;
  /** Where the templates are from, for users: the name of the plugin. */
  readonly title: string;
  /** URI of a folder. The templates read only files of this folder. */
  readonly folder: string;
  /** Fires when the files or their content change. */
  readonly onDidChange?: Event<void>;
  /** Returns the URIs of files with Templates of `scaffolder.backstage.io/v1beta3`. Others are logged and skipped. */
  getFiles(): Promise<readonly string[]>;
}

/**
 * Extension point for plugins that bring along software templates.
 *
 * @beta
 */
export interface ScaffolderTemplatesExtensionPoint {
  /** Adds templates until the Disposable is disposed. */
  addTemplateProvider(provider: TemplateProvider): Disposable;
}

/** @beta */
export const scaffolderTemplatesExtensionPoint =
  createExtensionPoint<ScaffolderTemplatesExtensionPoint>({ id: 'scaffolder.templates' });
