import type { CatalogSourceScope } from '../../../api';
import { inspectSetting, writeSetting } from '../../../platform/vscode/trust';

export const SOURCES_SETTING = 'callboard.catalog.sources';

/** The setting as written, not validated. */
export type WrittenSources = Readonly<Record<CatalogSourceScope, readonly unknown[]>>;

/**
 * Reads the sources of user and workspace settings. VS Code lets the workspace's list replace the user's; here both
 * count, so that a workspace can't remove the user's sources. Workspace settings are ignored without trust.
 */
export function writtenSources(): WrittenSources {
  const { user, workspace } = inspectSetting(SOURCES_SETTING);
  return { user: listOf(user), workspace: listOf(workspace) };
}

/** Returns sources in the order of conflicts: workspace settings come first. */
export function sourcesInOrder({ user, workspace }: WrittenSources): readonly unknown[] {
  return [...workspace, ...user];
}

export async function writeSources(
  scope: CatalogSourceScope,
  sources: readonly unknown[],
): Promise<void> {
  await writeSetting(SOURCES_SETTING, sources.length > 0 ? sources : undefined, scope);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
