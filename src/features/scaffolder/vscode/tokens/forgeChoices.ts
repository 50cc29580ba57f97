import * as vscode from 'vscode';
import type { HostForges } from '../../../scm/core/forges';
import type { ForgeLookup } from '../../core';

/**
 * What a host has of something, by name. The user is asked to sign in there, as it was the user who wanted to know.
 *
 * @throws an Error that says what is in the way
 */
export async function forgeChoices(
  lookup: ForgeLookup,
  { forges, signal }: { readonly forges: Pick<HostForges, 'open'>; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const forge = await forges.open(lookup.host, signal);
  if (!forge) throw new Error(vscode.l10n.t('{0} does not let you in.', lookup.host));
  switch (lookup.what) {
    case 'owners':
      return forge.owners(signal);
    case 'repositories':
      return forge.repositories(lookup.owner, signal);
    case 'branches':
      return forge.branches(lookup.owner, lookup.repo, signal);
  }
}
