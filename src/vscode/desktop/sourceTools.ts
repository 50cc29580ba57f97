import type { SourceTools } from '../platform';
import { fileUriToPath, loadGitMirrors } from '../../node';

export { openHttp } from './openHttp';

export const openMirrors: NonNullable<SourceTools['openMirrors']> = async (folder, options) => {
  const { NodeGitMirrors } = await loadGitMirrors();
  return new NodeGitMirrors({ storage: fileUriToPath(folder), ...options });
};
