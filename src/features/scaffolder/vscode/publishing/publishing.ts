import * as vscode from 'vscode';
import type { CatalogService, LoadedTemplate } from '../../../../api';
import { basenameUri, isWithin, joinUri } from '../../../../base';
import { stringifyEntityRef } from '../../../../model';
import { enclosingRepository } from '../../../../platform/core/files';
import type { FileSystem, GitPublisher } from '../../../../platform/core/ports';
import { fromUri, toUri } from '../../../../platform/vscode/convert';
import { pathBetween } from '../../../catalog/core/locations';
import { type Forges } from '../../../scm/core/forges';
import {
  isBranchName,
  type LocationPlace,
  openPublication,
  type Publication,
  type PublishChoice,
  type PublishTarget,
  publishKind,
  type PublishPlace,
  readRemoteUrl,
  DryRunPublication,
  type ScaffolderSettings,
} from '../../core';
import type { LaunchChoice, LaunchLocation, LaunchPlace } from '../../core/pages';
import { validatePlaceText, shownPath } from './publishingTexts';

export interface PublishingDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly git: GitPublisher;
  readonly forges: Forges;
  readonly settings: () => Promise<ScaffolderSettings>;
}

/** The choice to publish and register nothing. */
const NOTHING: PublishChoice = { place: undefined, location: undefined };

/** Publishing options for a template's files in a folder. */
export interface PublishOptions {
  /** Empty if the template publishes nothing. */
  readonly places: readonly LaunchPlace[];
  /** Nearest first. Empty if the template registers nothing or there is no Location. */
  readonly locations: readonly LaunchLocation[];
}

/** Offers places to publish and register a template's files, and opens publications. */
export class Publishing {
  readonly #deps: PublishingDeps;

  constructor(deps: PublishingDeps) {
    this.#deps = deps;
  }

  /** @param folder - URI of the target folder */
  async options({ actions }: LoadedTemplate, folder: string): Promise<PublishOptions> {
    // Git requires a folder on disk.
    if (!folder.startsWith('file:')) return { places: [], locations: [] };
    const ids = actions.map(({ id }) => id);
    const isPublishing = ids.some(id => publishKind(id) !== undefined);
    return {
      places: isPublishing ? await this.#places(folder, ids) : [],
      locations: ids.includes('catalog:register')
        ? this.#locationsNear(folder).map(location => ({
            id: idOf(location),
            label: location.name,
            description: shownPath(location.file),
          }))
        : [],
    };
  }

  /** @throws Error with a message for people if the choice is invalid */
  async read(
    { place, location }: Pick<LaunchChoice, 'place' | 'location'>,
    folder: string,
  ): Promise<PublishChoice> {
    if (!folder.startsWith('file:')) return NOTHING;
    const chosen = this.#locationsNear(folder).find(one => idOf(one) === location);
    if (location !== undefined && !chosen) {
      throw new Error(vscode.l10n.t('The selected Location is no longer in the catalog.'));
    }
    return { place: place && (await this.#readPlace(place, folder)), location: chosen };
  }

  /** Publishing actions of a dry run. Undefined if no host would be called. */
  async openDryRun({ place }: PublishChoice): Promise<DryRunPublication | undefined> {
    if (place?.type !== 'forge') return undefined;
    return new DryRunPublication((await this.#deps.settings()).hosts);
  }

  /**
   * Publication of a run. Undefined if it publishes nothing.
   * @param mayPublish - whether a host may publish to a target
   */
  async open(
    choice: PublishChoice,
    folder: string,
    mayPublish: (target: PublishTarget) => boolean,
  ): Promise<Publication | undefined> {
    if (!choice.place && !choice.location) return undefined;
    const { fileSystem, git, forges, settings } = this.#deps;
    const { hosts } = await settings();
    return openPublication({
      ...choice,
      folder,
      fileSystem,
      git,
      forges,
      hosts,
      mayPublish,
    });
  }

  async #places(folder: string, ids: readonly string[]): Promise<readonly LaunchPlace[]> {
    const repository = await enclosingRepository(folder, this.#deps.fileSystem);
    const usesHost = ids.some(id => /^publish:git(?:hub|lab)(?::|$)/.test(id));
    const makesRepository = ids.some(id => publishKind(id) === 'repository');
    const newRepository: LaunchPlace = {
      type: 'folder',
      label: vscode.l10n.t('Initialize git repository'),
      detail: vscode.l10n.t('With one commit. Nothing is pushed.'),
    };
    return [
      ...(makesRepository && repository === undefined ? [newRepository] : []),
      {
        type: 'files',
        label: vscode.l10n.t('Write files only'),
        detail: vscode.l10n.t('Nothing is committed or pushed.'),
      },
      ...(repository === undefined ? [] : [branchPlace(folder)]),
      remotePlace(),
      ...(usesHost ? [forgePlace()] : []),
      // Last, because a repository inside another one is rarely wanted.
      ...(makesRepository && repository !== undefined && repository !== folder
        ? [newRepository]
        : []),
    ];
  }

  async #readPlace(
    { type, text }: NonNullable<LaunchChoice['place']>,
    folder: string,
  ): Promise<PublishPlace | undefined> {
    const fault = validatePlaceText(type, text);
    if (fault !== undefined) throw new Error(fault);
    switch (type) {
      case 'files':
        return undefined;
      case 'folder':
      case 'forge':
        return { type };
      case 'branch': {
        const repository = await enclosingRepository(folder, this.#deps.fileSystem);
        if (repository !== undefined) return { type, repository, branch: text };
        throw new Error(vscode.l10n.t("{0} isn't in a git repository.", shownPath(folder)));
      }
      case 'remote': {
        const url = readRemoteUrl(text);
        return url.ok ? { type, url: url.value } : undefined;
      }
    }
  }

  /** Locations in files of the workspace, the nearest first. */
  #locationsNear(folder: string): readonly LocationPlace[] {
    const { catalog } = this.#deps;
    const target = joinUri(folder, 'catalog-info.yaml');
    return catalog
      .getEntities({ filter: [[{ key: 'kind', values: ['location'] }]] })
      .flatMap(entity => {
        const file = catalog.getEntitySource(stringifyEntityRef(entity))?.file;
        const boundary = file && vscode.workspace.getWorkspaceFolder(toUri(file))?.uri;
        if (!file?.startsWith('file:') || !boundary || isWithin(folder, file)) return [];
        const place = { file, name: entity.metadata.name, boundary: fromUri(boundary) };
        return [{ place, steps: pathBetween(file, target).length }];
      })
      .sort((a, b) => a.steps - b.steps || (a.place.file < b.place.file ? -1 : 1))
      .slice(0, MOST_LOCATIONS)
      .map(({ place }) => place);
  }
}

/** Maximum number of Locations to choose from. */
const MOST_LOCATIONS = 50;

function idOf({ file, name }: LocationPlace): string {
  return `${file}#${name}`;
}

function branchPlace(folder: string): LaunchPlace {
  const name = basenameUri(folder)
    .toLowerCase()
    .replace(/[^\w.-]+/g, '-');
  return {
    type: 'branch',
    label: vscode.l10n.t('Commit to a new branch'),
    detail: vscode.l10n.t('Checks out the branch and keeps your other changes. Nothing is pushed.'),
    text: {
      label: vscode.l10n.t('Name of the new branch'),
      value: isBranchName(`add-${name}`) ? `add-${name}` : 'scaffolder',
      placeholder: '',
    },
  };
}

function remotePlace(): LaunchPlace {
  return {
    type: 'remote',
    label: vscode.l10n.t('Push to a git remote'),
    detail: vscode.l10n.t('Any https or ssh URL, or a path.'),
    text: {
      label: vscode.l10n.t('URL of the git repository to push to'),
      value: '',
      placeholder: 'git@git.example.com:acme/shop.git',
    },
  };
}

function forgePlace(): LaunchPlace {
  return {
    type: 'forge',
    label: vscode.l10n.t('Publish as the template specifies'),
    detail: vscode.l10n.t('Creates the repository or pull request on its host with your account.'),
  };
}
