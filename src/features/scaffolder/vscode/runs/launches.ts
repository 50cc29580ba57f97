import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateFile, TemplateInput } from '../../../../api';
import { errorMessage } from '../../../../base';
import type { OutputFolder } from '../../../../platform/core/ports';
import { fromUri, toUri } from '../../../../platform/vscode/convert';
import { type PublishChoice, replacedFiles } from '../../core';
import type {
  ExistingFiles,
  LaunchChoice,
  LaunchOptions,
  LaunchParent,
  LaunchTarget,
} from '../../core/pages';
import type { Publishing } from '../publishing/publishing';
import { chooseFolder, validateFolderName, folderOf, nameOf } from './startTemplate';

export interface LaunchesDeps {
  readonly publishing: () => Promise<Publishing>;
  readonly openOutput: (folder: string) => Promise<OutputFolder>;
}

/** The folder that a template was started on. */
export interface LaunchStart {
  /** URI. */
  readonly folder: string;
  /** Whether the template describes that folder. */
  readonly describesFolder: boolean;
}

/** Target and options of a launch from the Review page. */
export interface Launch {
  /** URI of the folder for the files. */
  readonly folder: string;
  readonly choice: PublishChoice;
  readonly existing: ExistingChoice;
}

/** Handling of existing files, and the paths that the user knew of. */
export interface ExistingChoice {
  readonly files: ExistingFiles;
  readonly paths: ReadonlySet<string>;
}

/** Offers launch options on the Review page of a template, and reads the choice. */
export class Launches {
  readonly #deps: LaunchesDeps;
  /** Folders that the user selected in a dialog, by URI. */
  readonly #chosen = new Map<string, LaunchParent>();

  constructor(deps: LaunchesDeps) {
    this.#deps = deps;
  }

  /** Adds a folder that the user selects to the parents. Undefined if the user cancels. */
  async chooseParent(title: string): Promise<LaunchParent | undefined> {
    const folder = await chooseFolder(title, vscode.l10n.t('Select Folder'));
    if (!folder) return undefined;
    const known = this.#parents(undefined).find(({ uri }) => uri === fromUri(folder));
    if (known) return known;
    const parent = { uri: fromUri(folder), label: folder.fsPath };
    this.#chosen.set(parent.uri, parent);
    return parent;
  }

  /**
   * @param start - the folder that the template was started on, if any
   * @param files - previewed files
   */
  async options(
    template: LoadedTemplate,
    {
      values,
      target: requestedTarget,
      start,
      files,
    }: {
      readonly values: TemplateInput['values'];
      readonly target: LaunchTarget | undefined;
      readonly start: LaunchStart | undefined;
      readonly files: readonly TemplateFile[];
    },
  ): Promise<LaunchOptions> {
    const parents = this.#parents(start);
    const [first] = parents;
    const isTargetFixed = start?.describesFolder === true;
    const proposed = first && { parent: first.uri, name: isTargetFixed ? '' : nameOf(values) };
    const target = isTargetFixed ? proposed : (requestedTarget ?? proposed);
    const base = {
      parents,
      target,
      isTargetFixed,
      actions: template.actions.map(({ id }) => id),
    };
    const nothing = { places: [], locations: [], existing: [] };
    if (!target) return { ...base, ...nothing, targetError: undefined };
    try {
      const folder = this.#folder(target, start);
      const publishing = await this.#deps.publishing();
      const { places, locations } = await publishing.options(template, folder);
      const replaced = await replacedFiles(files, await this.#deps.openOutput(folder));
      const existing = replaced.map(({ path }) => path);
      return { ...base, places, locations, existing, targetError: undefined };
    } catch (error) {
      return { ...base, ...nothing, targetError: errorMessage(error) };
    }
  }

  /** @throws Error with a message for people if the choice is invalid */
  async read(choice: LaunchChoice, start: LaunchStart | undefined): Promise<Launch> {
    const { target, place, location, existing: files, existingPaths } = choice;
    if (!target) throw new Error(vscode.l10n.t('Select a folder to create the files in.'));
    const folder = this.#folder(target, start);
    const publishing = await this.#deps.publishing();
    return {
      folder,
      choice: await publishing.read({ place, location }, folder),
      existing: { files, paths: new Set(existingPaths) },
    };
  }

  /**
   * Folder to compare a dry run with.
   * @throws Error for a folder that was not offered
   */
  comparison({ target }: LaunchChoice, start: LaunchStart | undefined): string | undefined {
    return target && this.#folder(target, start);
  }

  #parents(start: LaunchStart | undefined): readonly LaunchParent[] {
    const { workspaceFolders = [] } = vscode.workspace;
    const all = [
      ...(start
        ? [{ uri: start.folder, label: vscode.workspace.asRelativePath(toUri(start.folder), true) }]
        : []),
      ...workspaceFolders.map(({ name, uri }) => ({ uri: fromUri(uri), label: name })),
      ...this.#chosen.values(),
    ];
    return [...new Map(all.map(parent => [parent.uri, parent])).values()];
  }

  /** @throws Error with a message for people if the target is invalid */
  #folder({ parent, name }: LaunchTarget, start: LaunchStart | undefined): string {
    if (!this.#parents(start).some(({ uri }) => uri === parent)) {
      throw new Error(vscode.l10n.t('Select a folder to create the files in.'));
    }
    const fault = validateFolderName(name);
    if (fault !== undefined) throw new Error(fault);
    return folderOf(toUri(parent), name);
  }
}
