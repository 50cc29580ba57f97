import type { CatalogSourceScope } from '../../../api';
import { inspectSetting, writeSetting } from '../../../platform/vscode/trust';

export const SOURCES_SETTING = 'callboard.catalog.sources';

/** The setting as it is written, unchecked. */
export type WrittenSources = Readonly<Record<CatalogSourceScope, readonly unknown[]>>;

/**
 * What the settings say of sources. The editor puts a workspace's list in the place of the user's; here both count, so that
 * a workspace does not take away what somebody has for all of them. Without trust, the workspace says nothing.
 */
export function writtenSources(): WrittenSources {
  const { user, workspace } = inspectSetting(SOURCES_SETTING);
  return { user: listOf(user), workspace: listOf(workspace) };
}

/** In the order of conflicts: what is written for one workspace is closer to it. */
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
