import * as vscode from 'vscode';
import type { CatalogSourceScope } from '../../api';

/** Below `callboard.`. */
export const SOURCES_SETTING = 'catalog.sources';

/** The setting as it is written, unchecked. */
export type WrittenSources = Readonly<Record<CatalogSourceScope, readonly unknown[]>>;

/**
 * What the settings say of sources. The editor puts a workspace's list in the place of the user's; here both count, so that
 * a workspace does not take away what somebody has for all of them. Without trust, the workspace says nothing.
 */
export function writtenSources(): WrittenSources {
  const inspected = vscode.workspace.getConfiguration('callboard').inspect(SOURCES_SETTING);
  const { isTrusted } = vscode.workspace;
  return {
    user: listOf(inspected?.globalValue),
    workspace: isTrusted ? listOf(inspected?.workspaceValue) : [],
  };
}

/** In the order of conflicts: what is written for one workspace is closer to it. */
export function sourcesInOrder({ user, workspace }: WrittenSources): readonly unknown[] {
  return [...workspace, ...user];
}

export async function writeSources(
  scope: CatalogSourceScope,
  sources: readonly unknown[],
): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await vscode.workspace
    .getConfiguration('callboard')
    .update(
      SOURCES_SETTING,
      sources.length > 0 ? sources : undefined,
      scope === 'user' ? Global : Workspace,
    );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
