import type { ScaffolderAction } from '../../../../api';
import { failure, isRecord, joinUri, ok, relativePath, type Result } from '../../../../base';
import type { Entity } from '../../../../model';
import { decodeText } from '../../../../platform/core/files';
import { Glob, isPattern } from '../../../../platform/core/globs';
import type { FileSystem } from '../../../../platform/core/ports';
import { composeDocuments, MAX_ALIASES } from '../../../../platform/core/yaml';
import { addTarget, applyOffsetEdits } from '../../../authoring/core/edits';
import {
  type LocationTargets,
  locationTargets,
  pathBetween,
} from '../../../catalog/core/locations';
import { InputError } from '../../../scm/core/forgeFiles';
import { type RegisterDeps, registerAction } from '../actions/localActions';

/** Edit of a Location's file. */
export interface LocationEdit {
  /** URI. */
  readonly file: string;
  readonly location: string;
  readonly before: string;
  readonly after: string;
  /** URIs of the added targets. */
  readonly targets: readonly string[];
}

interface RegistrationDeps extends Pick<RegisterDeps, 'pathOf'> {
  readonly location: LocationPlace;
  /** URI of the folder for the files. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
}

/** Collects the targets that `catalog:register` adds to a Location, until they are written. */
export class Registration {
  readonly action: ScaffolderAction;
  #edit: LocationEdit | undefined;

  constructor({ location, folder, fileSystem, pathOf }: RegistrationDeps) {
    this.action = registerAction({
      pathOf,
      register: async (path, workspace) => {
        const { file, name } = location;
        if (!workspace.has(path) || workspace.isDirectory(path)) {
          return `${path} is not a file of this template. Nothing was registered`;
        }
        const before = this.#edit?.before ?? decodeText(await fileSystem.readFile(file));
        const target = joinUri(folder, path);
        const text = this.#edit?.after ?? before;
        const added = withTarget(text, location, target);
        if (!added.ok) throw new InputError(added.error);
        if (added.value === text) return `The Location ${name} already has the target ${path}`;
        this.#edit = {
          file,
          before,
          location: name,
          after: added.value,
          targets: [...(this.#edit?.targets ?? []), target],
        };
        return `Added ${path} to the Location ${name}`;
      },
    });
  }

  /** Undefined if nothing changes. */
  get edit(): LocationEdit | undefined {
    return this.#edit;
  }
}

/** A Location that a target can be added to. */
export interface LocationPlace {
  /** URI of its file. */
  readonly file: string;
  /** Its `metadata.name`. */
  readonly name: string;
  /** URI of the folder that must contain all targets. */
  readonly boundary: string;
}

/**
 * Adds a target to a Location's file, and keeps the rest byte for byte. Returns the same text if the target
 * exists.
 * @param target - URI of a file, which need not exist
 * @returns an error message if it can't be added
 */
export function withTarget(
  text: string,
  { file, name, boundary }: LocationPlace,
  target: string,
): Result<string> {
  const refused = failure(`Can't edit the Location ${name} in ${file} automatically`);
  const index = indexOf(text, name);
  const location = documentAt(text, index);
  if (!isLocation(location)) return failure(`The Location ${name} is no longer in ${file}`);
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

/** Names of the Locations in a text. */
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
    // Broken aliases, or too many of them.
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
