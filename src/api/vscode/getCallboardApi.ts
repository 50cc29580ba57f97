import * as vscode from 'vscode';
import type { PortalApi, PortalExports } from '..';

/** Result of `getCallboardApi`. */
export type CallboardApiResult =
  | { readonly available: true; readonly api: PortalApi }
  | {
      readonly available: false;
      /** Reason as a sentence for the user. */
      readonly reason: string;
    };

/** The part of `vscode.ExtensionContext` that `getCallboardApi` uses. */
export interface CallboardApiContext {
  readonly extension: { readonly id: string };
}

/**
 * Activates Callboard and returns its API. Never throws.
 *
 * @param context - context of the extension, which Callboard shows beside its plugins
 * @param version - version of the API
 */
export async function getCallboardApi(
  context: CallboardApiContext,
  version: 1,
): Promise<CallboardApiResult> {
  const callboard = vscode.extensions.getExtension<PortalExports>('callboard.callboard');
  if (!callboard) {
    return { available: false, reason: 'Callboard is not installed, or it is disabled.' };
  }
  try {
    const portal = await callboard.activate();
    return { available: true, api: portal.getApi(version, { extension: context.extension.id }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { available: false, reason: `Can't use Callboard: ${message}` };
  }
}
