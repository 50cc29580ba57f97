import type { Disposable, Event } from '../../base';
import { createExtensionPoint } from '../extensionPoints';

/**
 * Software templates of a plugin. A template of the catalog with the same ref takes precedence.
 *
 * @beta
 */
export interface TemplateProvider {
  /** Unique id, such as `acme.templates`. */
  readonly id: string;
  /** Shown as the origin of the templates: the name of the plugin. */
  readonly title: string;
  /** URI of a folder. The templates read only files of this folder. */
  readonly folder: string;
  /** Fires when the files or their content change. */
  readonly onDidChange?: Event<void>;
  /** Returns the URIs of files with Templates of `scaffolder.backstage.io/v1beta3`. Others are logged and skipped. */
  getFiles(): Promise<readonly string[]>;
}

/**
 * Extension point for plugins that add software templates.
 *
 * @beta
 */
export interface ScaffolderTemplatesExtensionPoint {
  /** Adds templates until the Disposable is disposed. */
  addTemplateProvider(provider: TemplateProvider): Disposable;
}

/**
 * Adds software templates.
 *
 * @beta
 */
export const scaffolderTemplatesExtensionPoint =
  createExtensionPoint<ScaffolderTemplatesExtensionPoint>({ id: 'scaffolder.templates' });
