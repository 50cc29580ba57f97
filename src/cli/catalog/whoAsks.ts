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

/** Whether a query asks for what belongs to whoever asks. */
export function asksForOwn(query: string): boolean {
  return parseQuery(query).filters.some(({ field, value }) => field === 'owner' && value === 'me');
}

/**
 * What counts as whoever runs the command: whom the folder's setting names, else the User with git's e-mail address, as in the
 * editor. Empty where nobody is known.
 *
 * @param root - URI of the folder
 */
export async function ownershipOfWhoAsks(
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
