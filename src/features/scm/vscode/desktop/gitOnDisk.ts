import type { GitClient } from '../../../../platform/core/ports';
import { fileUriToPath } from '../../../../platform/node';
import { ProcessGitClient } from '../../node';

/** Git for local files and folders (URIs); nothing for others. */
export const gitOnDisk: GitClient = {
  async userEmail(folder) {
    return isOnDisk(folder) ? new ProcessGitClient().userEmail(fileUriToPath(folder)) : undefined;
  },
  async lastChange(file) {
    return isOnDisk(file) ? new ProcessGitClient().lastChange(fileUriToPath(file)) : undefined;
  },
};

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
