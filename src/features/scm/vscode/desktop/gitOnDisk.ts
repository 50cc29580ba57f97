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
  async recentChanges(folder) {
    return isOnDisk(folder) ? new ProcessGitClient().recentChanges(fileUriToPath(folder)) : [];
  },
};

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
