import * as vscode from 'vscode';
import { isRecord } from '../../../base';
import { fromUri } from '../../../platform/vscode/convert';
import type { FileSystem } from '../../../platform/core/ports';
import {
  type FindPluginLayers,
  findPluginLayers,
  type PluginChoices,
  type PluginPlace,
} from '../core';

/** An extension whose manifest declares a plugin. */
export interface DeclaringExtension {
  readonly id: string;
  /** URI of its folder. */
  readonly folder: string;
  /** Whether it has an entry of its own, which registers plugins. */
  readonly hasEntry: boolean;
  activate(): Thenable<unknown>;
}

/** Returns the extensions whose manifests declare a plugin. */
export function declaringExtensions(): readonly DeclaringExtension[] {
  return vscode.extensions.all.flatMap(extension => {
    if (declarationOf(extension) === undefined) return [];
    const { id, extensionUri } = extension;
    const { main, browser } = manifestOf(extension);
    const hasEntry = main !== undefined || browser !== undefined;
    const activate = (): Thenable<unknown> => extension.activate();
    return [{ id, folder: fromUri(extensionUri), hasEntry, activate }];
  });
}

/** Returns a function that finds the model layers of the workspace's plugins and of those of extensions. */
export function layersOfPlugins(
  fileSystem: FileSystem,
  loadChoices: () => Promise<PluginChoices>,
): FindPluginLayers {
  return roots => {
    const folders = declaringExtensions().map(({ folder }) => folder);
    return findPluginLayers(roots, { folders, fileSystem, loadChoices });
  };
}

/** Returns the manifest of an extension that registers a plugin, and the capabilities in it. */
export function placeOfExtension(id: string): PluginPlace {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) return { extension: id };
  const declared = declarationOf(extension);
  return {
    extension: extension.id,
    manifest: fromUri(vscode.Uri.joinPath(extension.extensionUri, 'package.json')),
    capabilities: isRecord(declared) ? declared['capabilities'] : undefined,
  };
}

function declarationOf(extension: vscode.Extension<unknown>): unknown {
  const { contributes } = manifestOf(extension);
  return isRecord(contributes) ? contributes['callboard'] : undefined;
}

function manifestOf({ packageJSON }: vscode.Extension<unknown>): {
  readonly main?: unknown;
  readonly browser?: unknown;
  readonly contributes?: unknown;
} {
  const manifest: unknown = packageJSON;
  return isRecord(manifest) ? manifest : {};
}
