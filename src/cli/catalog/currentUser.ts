import type { CatalogService } from '../../api';
import {
  findUserByEmail,
  getOwnershipRefs,
  resolveUser,
} from '../../features/catalog/core/identity';
import { ProcessGitClient } from '../../features/scm/node';
import { parseQuery } from '../../features/search/core';
import { fileUriToPath } from '../../platform/node';
import type { CommandContext } from '../command';
import { quietSettings } from './folderSettings';

/** Whether a query filters by the current user's ownership. */
export function filtersByCurrentUser(query: string): boolean {
  return parseQuery(query).filters.some(({ field, value }) => field === 'owner' && value === 'me');
}

/**
 * Returns the refs of the user and the user's groups. The user is the one of the folder's setting, else the User with
 * git's email address, as in the editor. Empty if the user is unknown.
 *
 * @param root - URI of the folder
 */
export async function ownershipOfCurrentUser(
  root: string,
  { catalog, context }: { readonly catalog: CatalogService; readonly context: CommandContext },
): Promise<readonly string[]> {
  const user = await findUser(root, catalog, context);
  return user === undefined ? [] : getOwnershipRefs(catalog, user);
}

async function findUser(
  root: string,
  catalog: CatalogService,
  context: CommandContext,
): Promise<string | undefined> {
  const setting = (await quietSettings(root, context))('callboard.user');
  if (typeof setting === 'string' && setting.trim() !== '') return resolveUser(catalog, setting);
  const email = await new ProcessGitClient().userEmail(fileUriToPath(root));
  return email === undefined ? undefined : findUserByEmail(catalog, email);
}
