import type { GitClient } from '../../../../platform/core/ports';
import { fileUriToPath } from '../../../../platform/node';
import { ProcessGitClient } from '../../node';

/** Git for files and folders (URIs) of the disk; what lies elsewhere has no git. */
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
