import type { GitPublisher, HttpClient, OpenRepository } from '../../core/ports';
import { loadGitPublishing, loadGitSources, loadOutputs, NodeFileSystem } from '../../node';

export { VsCodeScaffolder } from '../scaffolder/vsCodeScaffolder';
export { openOutput } from './docsTools';
export { openHttp } from './openHttp';

/** For hosts that the user is let in to. */
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
