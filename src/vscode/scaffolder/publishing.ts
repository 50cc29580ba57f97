import * as vscode from 'vscode';
import type { CatalogService, LoadedTemplate } from '../../api';
import { basenameUri, isWithin, joinUri, withoutIcons } from '../../base';
import { stringifyEntityRef } from '../../model';
import { repositoryAround } from '../../core/files';
import type { FileSystem, GitPublisher } from '../../core/ports';
import {
  type Forges,
  isBranchName,
  type LocationPlace,
  openPublication,
  type Publication,
  type PublishChoice,
  publishKind,
  type PublishPlace,
  readRemoteUrl,
  Rehearsal,
  type ScaffolderSettings,
} from '../../core/scaffolder';
import { pathBetween } from '../../core/targets';
import { fromUri, toUri } from '../uri';
import { shownPath } from './publishingTexts';

export interface PublishingDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly git: GitPublisher;
  /** Undefined where no host is asked for anything. */
  readonly forges: Forges | undefined;
  readonly settings: () => Promise<ScaffolderSettings>;
}

/** Nothing is published, and nothing registered. */
const NOTHING: PublishChoice = { place: undefined, location: undefined };

interface PlaceItem extends vscode.QuickPickItem {
  readonly type: PublishPlace['type'] | 'files';
}

interface LocationItem extends vscode.QuickPickItem {
  readonly location: LocationPlace | undefined;
}

/** Asks where that goes what a template publishes and registers, and has it go there. */
export class Publishing {
  readonly #deps: PublishingDeps;

  constructor(deps: PublishingDeps) {
    this.#deps = deps;
  }

  /**
   * Asks as far as a template publishes or registers something.
   *
   * @param folder - URI of what it writes into
   * @returns undefined where the user wants nothing of it
   */
  async choose(template: LoadedTemplate, folder: string): Promise<PublishChoice | undefined> {
    // Git is of the disk alone.
    if (!folder.startsWith('file:')) return NOTHING;
    const ids = template.actions.map(({ id }) => id);
    const publishing = ids.filter(id => publishKind(id) !== undefined);
    const place =
      publishing.length > 0 ? await this.#choosePlace(template, folder, publishing) : 'files';
    if (place === undefined) return undefined;
    const location = ids.includes('catalog:register')
      ? await this.#chooseLocation(template, folder)
      : 'none';
    if (location === undefined) return undefined;
    return {
      place: place === 'files' ? undefined : place,
      location: location === 'none' ? undefined : location,
    };
  }

  /** What a run that is only tried publishes with; undefined where no host would be asked. */
  async rehearse({ place }: PublishChoice): Promise<Rehearsal | undefined> {
    if (place?.type !== 'forge') return undefined;
    return new Rehearsal((await this.#deps.settings()).hosts);
  }

  /**
   * What a run publishes with; undefined where it does not.
   *
   * @param mayAsk - whether a host may be asked for a repository
   */
  async open(
    choice: PublishChoice,
    folder: string,
    mayAsk: (target: string) => boolean,
  ): Promise<Publication | undefined> {
    if (!choice.place && !choice.location) return undefined;
    const { fileSystem, git, forges, settings } = this.#deps;
    const { hosts } = await settings();
    return openPublication({
      ...choice,
      ...{ folder, fileSystem, git },
      forges: forges ?? { open: () => Promise.resolve(undefined) },
      ...{ hosts, mayAsk },
    });
  }

  async #choosePlace(
    { title }: LoadedTemplate,
    folder: string,
    ids: readonly string[],
  ): Promise<PublishPlace | 'files' | undefined> {
    const repository = await repositoryAround(folder, this.#deps.fileSystem);
    const isAsked = this.#deps.forges && ids.some(id => /^publish:git(?:hub|lab)(?::|$)/.test(id));
    const makesRepository = ids.some(id => publishKind(id) === 'repository');
    const folderItem: PlaceItem = {
      type: 'folder',
      label: `$(repo) ${vscode.l10n.t('Make the folder a git repository')}`,
      detail: vscode.l10n.t('With one commit. Nothing is pushed.'),
    };
    const items: readonly PlaceItem[] = [
      ...(makesRepository && repository === undefined ? [folderItem] : []),
      {
        type: 'files',
        label: `$(folder) ${vscode.l10n.t('Only write the files')}`,
        detail: vscode.l10n.t('Nothing is committed or pushed.'),
      },
      ...(repository === undefined ? [] : [branchItem(repository)]),
      {
        type: 'remote',
        label: `$(repo-push) ${vscode.l10n.t('Push to a git remote…')}`,
        detail: vscode.l10n.t('By any address with https or ssh, or a path.'),
      },
      ...(isAsked ? [forgeItem()] : []),
      // In another one, it is seldom what is wanted.
      ...(makesRepository && repository !== undefined && repository !== folder ? [folderItem] : []),
    ];
    const placeHolder = vscode.l10n.t('Where does that go what the template publishes?');
    const options = { title, placeHolder, ignoreFocusOut: true };
    const picked = await vscode.window.showQuickPick(items, options);
    switch (picked?.type) {
      case undefined:
        return undefined;
      case 'branch':
        return repository === undefined ? undefined : askForBranch(title, folder, repository);
      case 'remote':
        return askForRemote(title);
      case 'files':
        return 'files';
      case 'folder':
      case 'forge':
        return { type: picked.type };
    }
  }

  async #chooseLocation(
    { title }: LoadedTemplate,
    folder: string,
  ): Promise<LocationPlace | 'none' | undefined> {
    const locations = this.#locationsNear(folder);
    if (locations.length === 0) return 'none';
    const items: readonly LocationItem[] = [
      ...locations.map(location => ({
        location,
        label: `$(symbol-namespace) ${withoutIcons(location.name)}`,
        description: withoutIcons(shownPath(location.file)),
      })),
      {
        location: undefined,
        label: `$(circle-slash) ${vscode.l10n.t('To none')}`,
        detail: vscode.l10n.t('The catalog of the workspace finds the file by itself.'),
      },
    ];
    const placeHolder = vscode.l10n.t('To which Location is the new entity added?');
    const options = { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
    const picked = await vscode.window.showQuickPick(items, options);
    return picked && (picked.location ?? 'none');
  }

  /** Those of files of the workspace, the nearest first. */
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

function branchItem(repository: string): PlaceItem {
  return {
    type: 'branch',
    label: `$(git-branch) ${vscode.l10n.t('Commit to a new branch…')}`,
    description: withoutIcons(shownPath(repository)),
    detail: vscode.l10n.t(
      'It is checked out; your other changes stay as they are. Nothing is pushed.',
    ),
  };
}

function forgeItem(): PlaceItem {
  return {
    type: 'forge',
    label: `$(cloud-upload) ${vscode.l10n.t('Create it where the template says')}`,
    detail: vscode.l10n.t('The host is asked, as you, for the repository or pull request.'),
  };
}

/** More are no choice. */
const MOST_LOCATIONS = 50;

async function askForBranch(
  title: string,
  folder: string,
  repository: string,
): Promise<PublishPlace | undefined> {
  const name = basenameUri(folder)
    .toLowerCase()
    .replace(/[^\w.-]+/g, '-');
  const branch = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The name of the new branch'),
    value: isBranchName(`add-${name}`) ? `add-${name}` : 'scaffolder',
    ignoreFocusOut: true,
    validateInput: text =>
      isBranchName(text) ? undefined : vscode.l10n.t('This is no name of a branch.'),
  });
  return branch === undefined ? undefined : { type: 'branch', repository, branch };
}

async function askForRemote(title: string): Promise<PublishPlace | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The address of the git repository that is pushed to'),
    placeHolder: 'git@git.example.com:acme/shop.git',
    ignoreFocusOut: true,
    validateInput: value =>
      readRemoteUrl(value).ok
        ? undefined
        : vscode.l10n.t(
            'This is no address with https or ssh and without a password, nor the absolute path of a repository.',
          ),
  });
  const url = text === undefined ? undefined : readRemoteUrl(text);
  return url?.ok ? { type: 'remote', url: url.value } : undefined;
}
