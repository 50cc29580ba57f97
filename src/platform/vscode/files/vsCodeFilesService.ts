import type { FilesService } from '../../../api';
import type { FileSystem } from '../../core/ports';

/** Files as the catalog sees them: with the changes of open editors. */
export class VsCodeFilesService implements FilesService {
  #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  readFile(uri: string): Promise<Uint8Array> {
    return this.#fileSystem.readFile(uri);
  }

  async exists(uri: string): Promise<boolean> {
    return (await this.#fileSystem.stat(uri)) !== undefined;
  }
}
