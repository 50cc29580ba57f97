import type { ScaffolderAction } from '../../../../api';
import { joinUri } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { InputError } from '../../../scm/core/forgeFiles';
import { type RegisterDeps, registerAction } from '../actions/registerAction';
import { type LocationPlace, withTarget } from './locationEdit';

/** A file of a Location as it is, and as it becomes. */
export interface LocationEdit {
  /** URI. */
  readonly file: string;
  readonly location: string;
  readonly before: string;
  readonly after: string;
  /** URIs of what the Location leads to then. */
  readonly targets: readonly string[];
}

export interface RegistrationDeps extends Pick<RegisterDeps, 'pathOf'> {
  readonly location: LocationPlace;
  /** URI of the folder that the files are written to. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
}

/** What `catalog:register` adds to a Location of the workspace, gathered until it is written. */
export class Registration {
  readonly action: ScaffolderAction;
  #edit: LocationEdit | undefined;

  constructor({ location, folder, fileSystem, pathOf }: RegistrationDeps) {
    this.action = registerAction({
      pathOf,
      register: async (path, workspace) => {
        const { file, name } = location;
        if (!workspace.has(path) || workspace.isDirectory(path)) {
          return `${path} is none of the files of this template: nothing is registered`;
        }
        const before = this.#edit?.before ?? decodeText(await fileSystem.readFile(file));
        const target = joinUri(folder, path);
        const text = this.#edit?.after ?? before;
        const added = withTarget(text, location, target);
        if (!added.ok) throw new InputError(added.error);
        if (added.value === text) return `The Location ${name} leads to ${path} already`;
        this.#edit = {
          file,
          before,
          location: name,
          after: added.value,
          targets: [...(this.#edit?.targets ?? []), target],
        };
        return `${path} is added to the Location ${name}`;
      },
    });
  }

  /** Undefined where nothing is to be changed. */
  get edit(): LocationEdit | undefined {
    return this.#edit;
  }
}
