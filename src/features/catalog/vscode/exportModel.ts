import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import { asSentence, type Logger, printableName, textsIn, translateCount } from '../../../base';
import { withoutIcons, withoutLinks } from '../../../platform/core';
import { isPattern } from '../../../platform/core/globs';
import type { FileSystem, ProgramRunner } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import type { NodeProgram } from '../../../platform/vscode/platform';
import {
  type Answered,
  askOne,
  type QuickSteps,
  type StepFrame,
  withQuickSteps,
} from '../../../platform/vscode/quickInput';
import { mayCause, readSetting, writeSetting } from '../../../platform/vscode/trust';
import { type BackendEntry, findBackendEntry, runModules, writeLayers } from '../core/modelExport';
import { loadLayers } from '../core/modelReport';

export interface ModelExportDeps {
  readonly actions: ActionsService;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly node: NodeProgram;
  readonly programs: ProgramRunner;
  /** Folder of the extension. */
  readonly extensionUri: vscode.Uri;
}

const LAYERS_SETTING = 'callboard.catalog.modelLayers';
/** Maximum number of listed repositories. */
const MAX_FOUND = 20;

interface Places {
  readonly repository: vscode.Uri;
  readonly entry: BackendEntry;
  /** Folder for the layers. */
  readonly out: vscode.Uri;
}

/**
 * Runs the modules of a Backstage repository after a question, writes the layers that they register, and offers to
 * use them.
 */
export async function exportModel(deps: ModelExportDeps): Promise<void> {
  const { actions, extensionUri, logger } = deps;
  if (!mayCause('modelExport')) {
    throw new Error(vscode.l10n.t('The code of a Backstage can only run in trusted workspaces.'));
  }
  const places = await withQuickSteps(steps => askPlaces(steps, deps));
  if (!places || !(await confirmRun(places))) return;
  const { entry, out, repository } = places;
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'modelExporter.mjs').fsPath;
  const exported = await actions.withProgress(
    vscode.l10n.t('Running the modules of {0}…', nameOf(repository)),
    ({ signal }) => runModules(entry, { ...deps, script }, signal),
  );
  if (!exported.ok) throw new Error(exported.error);
  const { layers, skipped } = exported.value;
  for (const message of skipped) logger.warn(message);
  const files = await writeLayers(layers, async (name, content) => {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(out, name), content);
  });
  const [first] = files;
  const notes = skipped.map(asSentence);
  if (first === undefined) {
    const none = vscode.l10n.t('The modules of {0} register no layers.', nameOf(repository));
    void vscode.window.showInformationMessage(withoutLinks([none, ...notes].join(' ')));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(out, first));
  // Not awaited: the message may stay open.
  void actions.run(vscode.l10n.t('Export Catalog Model'), () =>
    offerLayers({ files, out, notes }, deps),
  );
}

/** Asks for the repository and the folder for the layers. */
async function askPlaces(
  steps: QuickSteps,
  { fileSystem }: ModelExportDeps,
): Promise<Places | undefined> {
  const title = vscode.l10n.t('Export Catalog Model');
  for (;;) {
    const repository = await askFolder({
      frame: { steps, title, step: 1, totalSteps: 2 },
      placeholder: vscode.l10n.t('Select the repository of a Backstage'),
      folders: await findRepositories(),
      openLabel: vscode.l10n.t('Select Repository'),
    });
    if (typeof repository !== 'object') return undefined;
    const { answer } = repository;
    const entry = await findBackendEntry(fromUri(answer), fileSystem);
    if (!entry.ok) {
      const message = vscode.l10n.t('{0} has no {1}.', nameOf(answer), entry.error);
      throw new Error(message);
    }
    const out = await askFolder({
      frame: { steps, title, step: 2, totalSteps: 2 },
      placeholder: vscode.l10n.t('Select a folder for the layers'),
      folders: localFolders().map(({ uri }) => vscode.Uri.joinPath(uri, 'model')),
      openLabel: vscode.l10n.t('Write Here'),
    });
    if (out === undefined) return undefined;
    if (out !== 'back') return { repository: answer, entry: entry.value, out: out.answer };
  }
}

/** Finds folders of the workspace with a `backstage.json`, outermost first. */
async function findRepositories(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(
    '**/backstage.json',
    '**/node_modules/**',
    MAX_FOUND,
  );
  return found
    .filter(({ scheme }) => scheme === 'file')
    .sort((a, b) => a.path.length - b.path.length)
    .map(uri => vscode.Uri.joinPath(uri, '..'));
}

function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

interface FolderQuestion {
  readonly frame: Pick<StepFrame, 'steps' | 'title' | 'step' | 'totalSteps'>;
  readonly placeholder: string;
  readonly folders: readonly vscode.Uri[];
  /** Button of the dialog. */
  readonly openLabel: string;
}

/** Asks for one of some folders, or for any other. */
async function askFolder({
  frame,
  placeholder,
  folders,
  openLabel,
}: FolderQuestion): Promise<Answered<vscode.Uri>> {
  const step = await askOne({
    ...frame,
    placeholder,
    items: [
      ...folders.map(uri => ({
        label: `$(folder) ${withoutIcons(nameOf(uri))}`,
        description: withoutIcons(uri.fsPath),
        uri,
      })),
      { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, uri: undefined },
    ],
  });
  if (typeof step !== 'object') return step;
  if (step.answer.uri) return { answer: step.answer.uri };
  const [first] = localFolders();
  const chosen = await vscode.window.showOpenDialog({
    title: frame.title,
    openLabel,
    ...(first && { defaultUri: first.uri }),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const answer = chosen?.[0];
  return answer && { answer };
}

async function confirmRun({ repository, entry, out }: Places): Promise<boolean> {
  const run = vscode.l10n.t('Run');
  const message = vscode.l10n.t('Run the code of {0}?', nameOf(repository));
  const detail = [
    vscode.l10n.t(
      'Callboard runs {0} and all that it imports, with your rights, to read the layers that its modules register. No plugin starts.',
      entry.path,
    ),
    vscode.l10n.t(
      'It writes to the folder {0} and replaces files with the same names.',
      nameOf(out),
    ),
  ].join('\n\n');
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(withoutLinks(message), options, run);
  return answer === run;
}

interface WrittenLayers {
  /** Names. */
  readonly files: readonly string[];
  /** Their folder. */
  readonly out: vscode.Uri;
  /** Sentences about what wasn't run. */
  readonly notes: readonly string[];
}

/** Reports written layers. Offers to add them to the model if they aren't part of it. */
async function offerLayers(
  { files, out, notes }: WrittenLayers,
  deps: ModelExportDeps,
): Promise<void> {
  const written = translateCount(
    files.length,
    { one: 'Wrote {0} layer to {1}.', other: 'Wrote {0} layers to {1}.' },
    nameOf(out),
  );
  const patterns = await missingPatterns({ files, out }, deps);
  const add = vscode.l10n.t('Add to Settings');
  const question = vscode.l10n.t('Use them in the catalog model of this workspace?');
  const texts = [written, ...notes, ...(patterns.length ? [question] : [])];
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(texts.join(' ')),
    ...(patterns.length ? [add] : []),
  );
  if (answer !== add) return;
  const before = textsIn(readSetting(LAYERS_SETTING));
  await writeSetting(LAYERS_SETTING, [...before, ...patterns], 'workspace');
}

/** Returns patterns that would add files to the layers of the workspace; none if they can't be added, or are there. */
async function missingPatterns(
  { files, out }: Pick<WrittenLayers, 'files' | 'out'>,
  { fileSystem }: ModelExportDeps,
): Promise<readonly string[]> {
  const folder = vscode.workspace.getWorkspaceFolder(out);
  if (!folder) return [];
  const path = out.path.slice(folder.uri.path.length).replace(/^\//, '');
  if (isPattern(path)) return [];
  const { files: used } = await loadLayers({
    patterns: textsIn(readSetting(LAYERS_SETTING, folder.uri)),
    customKinds: [],
    roots: [fromUri(folder.uri)],
    plugins: undefined,
    fileSystem,
    aiModel: true,
  });
  const missing = files.filter(name => !used.includes(fromUri(vscode.Uri.joinPath(out, name))));
  if (!missing.length) return [];
  const entries = await fileSystem.readDirectory(fromUri(out));
  const isOthers = ({ name }: { name: string }): boolean =>
    name.endsWith('.yaml') && !files.includes(name);
  const isShared = path === '' || entries.some(isOthers);
  return isShared ? missing.map(name => (path ? `${path}/${name}` : name)) : [`${path}/*.yaml`];
}

function nameOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const isRoot = folder?.uri.toString() === uri.toString();
  return printableName(isRoot ? folder.name : vscode.workspace.asRelativePath(uri));
}
