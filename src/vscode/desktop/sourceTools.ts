import type { SourceTools } from '../sources/sourceTools';
import { fileUriToPath, loadGitMirrors, loadOutputs } from '../../node';

export { openWildcards } from '../../core/sources';
export { openHttp } from './openHttp';

export const openMirrors: NonNullable<SourceTools['openMirrors']> = async (folder, options) => {
  const { NodeGitMirrors } = await loadGitMirrors();
  return new NodeGitMirrors({ storage: fileUriToPath(folder), ...options });
};

export const listenForCallback: NonNullable<SourceTools['listenForCallback']> = async request => {
  const { listenOnLoopback } = await loadOutputs();
  return listenOnLoopback(request);
};
