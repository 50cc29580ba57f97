import { fileUriToPath, loadOutputs } from '../../../../platform/node';
import { loadGitMirrors } from '../../../scm/node';
import type { SourceTools } from '../sourceTools';

export { openWildcards } from '../../core';
export { openHttp } from '../../../../platform/vscode/desktop/openHttp';

export const openMirrors: NonNullable<SourceTools['openMirrors']> = async (folder, options) => {
  const { NodeGitMirrors } = await loadGitMirrors();
  return new NodeGitMirrors({ storage: fileUriToPath(folder), ...options });
};

export const listenForCallback: NonNullable<SourceTools['listenForCallback']> = async request => {
  const { listenOnLoopback } = await loadOutputs();
  return listenOnLoopback(request);
};
