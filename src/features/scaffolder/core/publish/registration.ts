import type { ScaffolderAction } from '../../../../api';
import { failure, isRecord, joinUri, ok, relativePath, type Result } from '../../../../base';
import type { Entity } from '../../../../model';
import { decodeText } from '../../../../platform/core/files';
import { Glob, isPattern } from '../../../../platform/core/globs';
import type { FileSystem } from '../../../../platform/core/ports';
import { composeDocuments, MAX_ALIASES } from '../../../../platform/core/yaml';
import { addTarget, applyOffsetEdits } from '../../../authoring/core/edits';
import { type LocationTargets, locationTargets, pathBetween } from '../../../catalog/core/targets';
import { InputError } from '../../../scm/core/forgeFiles';
import { type RegisterDeps, registerAction } from '../actions/localActions';

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

interface RegistrationDeps extends Pick<RegisterDeps, 'pathOf'> {
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

/** A Location that a file can be added to. */
export interface LocationPlace {
  /** URI of the file that it stands in. */
  readonly file: string;
  /** Its `metadata.name`. */
  readonly name: string;
  /** URI of the folder that none of its targets leads out of. */
  readonly boundary: string;
}

/**
 * The text of a Location's file with one more target; the same text where it leads there already. All else stays byte
 * for byte.
 *
 * @param target - URI of a file; nothing need be there
 * @returns a sentence where it cannot be added
 */
export function withTarget(
  text: string,
  { file, name, boundary }: LocationPlace,
  target: string,
): Result<string> {
  const refused = failure(`The Location ${name} in ${file} cannot be changed without a look at it`);
  const index = indexOf(text, name);
  const location = documentAt(text, index);
  if (!isLocation(location)) return failure(`There is no Location ${name} in ${file} any more`);
  const from = { base: file, boundary };
  if (leadsTo(locationTargets(location, from), target)) return ok(text);
  const path = pathBetween(file, target).join('/');
  const written = path.startsWith('../') ? path : `./${path}`;
  if (isPattern(written)) return refused;
  const edit = addTarget(text, index, { location, target: written });
  if (!edit.ok || !edit.value) return refused;
  const changed = applyOffsetEdits(text, [edit.value]);
  const after = documentAt(changed, indexOf(changed, name));
  return isLocation(after) && leadsTo(locationTargets(after, from), target) ? ok(changed) : refused;
}

/** Names of the Locations that stand in a text. */
export function locationNames(text: string): readonly string[] {
  return composeDocuments(text).flatMap((_, index) => {
    const value = documentAt(text, index);
    return isLocation(value) ? [value.metadata.name] : [];
  });
}

function indexOf(text: string, name: string): number {
  const { length } = composeDocuments(text);
  return Array.from({ length }, (_, index) => index).findIndex(index => {
    const value = documentAt(text, index);
    return isLocation(value) && value.metadata.name === name;
  });
}

function documentAt(text: string, index: number): unknown {
  const { document } = composeDocuments(text)[index] ?? {};
  if (!document || document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch {
    // Aliases that lead nowhere, or to too much.
    return undefined;
  }
}

function isLocation(value: unknown): value is Entity {
  return (
    isRecord(value) &&
    value['kind'] === 'Location' &&
    isRecord(value['metadata']) &&
    typeof value['metadata']['name'] === 'string' &&
    (value['spec'] === undefined || isRecord(value['spec']))
  );
}

function leadsTo({ targets }: LocationTargets, file: string): boolean {
  return targets.some(({ uri, pattern }) => {
    if (uri === undefined || pattern === undefined) return uri === file;
    const path = relativePath(uri, file);
    return path !== undefined && new Glob(pattern).test(path);
  });
}
