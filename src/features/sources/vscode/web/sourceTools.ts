import * as vscode from 'vscode';
import type { StreamingHttpClient } from '../../../../platform/core/ports';
import { FetchHttpClient } from '../../../../platform/vscode/web/fetchHttpClient';
import type { SourceTools } from '../sourceTools';

export async function openHttp(): Promise<StreamingHttpClient> {
  return new FetchHttpClient({
    fetch: (url, options) => fetch(url, options),
    reason: vscode.l10n.t(
      "the browser doesn't report why. Check the network. If the host doesn't allow requests from other hosts (CORS), use VS Code on the desktop",
    ),
  });
}

/** Browsers have no git. */
export const openMirrors: SourceTools['openMirrors'] = undefined;
export const openWildcards: SourceTools['openWildcards'] = undefined;

/** Web pages can't listen on a port. */
export const listenForCallback: SourceTools['listenForCallback'] = undefined;
