import type { GitPublisher, HttpClient, OpenRepository } from '../../../../platform/core/ports';
import { loadOutputs, NodeFileSystem } from '../../../../platform/node';
import { loadGitPublishing, loadGitSources } from '../../../scm/node';

export { VsCodeScaffolder } from '../vsCodeScaffolder';
export { openOutput } from '../../../techdocs/vscode/desktop/docsTools';
export { openHttp } from '../../../../platform/vscode/desktop/openHttp';

/** Client for hosts that the user is signed in to. */
export const http: HttpClient = {
  async send(request) {
    const { NodeHttpClient } = await loadOutputs();
    return new NodeHttpClient().send(request);
  },
};

export const git: GitPublisher = {
  async prepare(...request) {
    const { SimpleGitPublisher } = await loadGitPublishing();
    return new SimpleGitPublisher().prepare(...request);
  },
  async readRemote(...request) {
    const { SimpleGitPublisher } = await loadGitPublishing();
    return new SimpleGitPublisher().readRemote(...request);
  },
};

export const openRepository: OpenRepository = async (folder, signal) => {
  const { GitSourceRepository } = await loadGitSources();
  return GitSourceRepository.open(folder, { outside: new NodeFileSystem(), signal });
};
