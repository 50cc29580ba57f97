import * as vscode from 'vscode';
import type { ActionsService, LoadedTemplate, TemplateInput } from '../../../../api';
import { joinUri, translateCount } from '../../../../base';
import type { Problem } from '../../../../model';
import { withoutIcons, withoutLinks } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem, OutputFolder } from '../../../../platform/core/ports';
import { fromUri, toRange, toUri } from '../../../../platform/vscode/convert';
import { RECORD_PATH } from '../../core';
import {
  changedSince,
  changesOf,
  type FileUpdate,
  isClean,
  type ProjectUpdates,
  readRecords,
  recordAfter,
  type TemplateCheck,
  type TemplateRecord,
  withRecord,
  writeChanges,
} from '../../core/drift';
import { askModal } from '../consent/agreement';
import { canRun } from '../consent/consent';
import { askReview, reasonOf, UpdateEditors } from './updateReview';

/** Maximum number of projects to choose from. */
const MAX_PROJECTS = 1000;

/**
 * The given project, or one with a template record that the user selects.
 * @param uri - URI of its folder, or of a file in its `.callboard`
 * @returns URI of its folder, or undefined after a message if there is none
 */
async function chooseProject(uri: string | undefined): Promise<string | undefined> {
  if (uri !== undefined) return projectOf(uri);
  const found = await vscode.workspace.findFiles(
    `**/${RECORD_PATH}`,
    '**/node_modules/**',
    MAX_PROJECTS,
  );
  const projects = found.map(uri => projectOf(fromUri(uri))).sort();
  if (projects.length < 2) {
    if (projects.length === 0) void showNoRecord();
    return projects[0];
  }
  const items = projects.map(folder => ({
    label: `$(folder) ${withoutIcons(vscode.workspace.asRelativePath(toUri(folder), true))}`,
    folder,
  }));
  const title = vscode.l10n.t('Check for Template Updates');
  const placeHolder = vscode.l10n.t('Select a project');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.folder;
}

function projectOf(uri: string): string {
  const at = uri.search(/\/\.callboard(\/template\.yaml)?$/);
  return at < 0 ? uri : uri.slice(0, at);
}

function showNoRecord(): Thenable<unknown> {
  return vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No project here has a template record. Callboard adds one to projects that it creates from a template.',
    ),
  );
}

/**
 * The record of a project, or one of several that the user selects. Undefined after a message if there is none.
 */
async function chooseRecord(
  folder: string,
  { fileSystem }: { readonly fileSystem: FileSystem },
): Promise<TemplateRecord | undefined> {
  const file = joinUri(folder, RECORD_PATH);
  if ((await fileSystem.stat(file))?.type !== 'file') {
    void showNoRecord();
    return undefined;
  }
  const { records, problems } = readRecords(decodeText(await fileSystem.readFile(file)), file);
  const [problem] = problems;
  if (problem) {
    void showRecordProblem(problem, file);
    return undefined;
  }
  if (records.length < 2) return records[0];
  const items = records.map(record => ({ label: withoutIcons(record.template.ref), record }));
  const title = vscode.l10n.t('Check for Template Updates');
  const placeHolder = vscode.l10n.t('Select a template');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.record;
}

async function showRecordProblem({ message, range }: Problem, file: string): Promise<void> {
  const open = vscode.l10n.t('Open File');
  const text = vscode.l10n.t("Can't read the template record: {0}", message);
  const answer = await vscode.window.showErrorMessage(withoutLinks(text), open);
  if (answer === open) {
    await vscode.window.showTextDocument(toUri(file), { selection: toRange(range) });
  }
}

export interface TemplateUpdatesDeps {
  readonly actions: ActionsService;
  readonly fileSystem: FileSystem;
  readonly updates: ProjectUpdates;
  readonly loadTemplate: (ref: string) => Promise<LoadedTemplate | undefined>;
  readonly openOutput: (folder: string) => Promise<OutputFolder>;
  /**
   * Asks for the parameters of a Template, with known values filled in. Undefined if the user cancels, or if
   * the form is too complex.
   */
  readonly fillIn: (
    template: LoadedTemplate,
    record: TemplateRecord,
  ) => Promise<TemplateInput | undefined>;
}

/** A project with one of its Templates. */
interface Project {
  /** URI. */
  readonly folder: string;
  readonly record: TemplateRecord;
  readonly template: LoadedTemplate;
}

type Checked = Extract<TemplateCheck, { type: 'checked' }>;

/** Updates projects from their templates, after the user's review. */
export class TemplateUpdates {
  readonly #deps: TemplateUpdatesDeps;

  constructor(deps: TemplateUpdatesDeps) {
    this.#deps = deps;
  }

  /** @param uri - URI of a project's folder, or of a file in its `.callboard` */
  async check(uri: string | undefined): Promise<void> {
    const folder = await chooseProject(uri);
    const record = folder === undefined ? undefined : await chooseRecord(folder, this.#deps);
    if (folder === undefined || !record) return;
    const template = await this.#find(record);
    if (!template || !(await canRun(template))) return;
    const project = { folder, record, template };
    const check = await this.#run(project);
    if (check) await this.#review(project, check);
  }

  async #find({ template }: TemplateRecord): Promise<LoadedTemplate | undefined> {
    const { ref, source, path } = template;
    const found = await this.#deps.loadTemplate(ref);
    if (found) return found;
    const detail =
      source === undefined
        ? vscode.l10n.t('Add the folder with the template to the workspace.')
        : vscode.l10n.t(
            'It comes from {0}. Add a clone of it to the workspace.',
            [source, path].filter(Boolean).join(' · '),
          );
    const message = vscode.l10n.t('The template {0} is not in the catalog.', ref);
    await askModal(message, detail);
    return undefined;
  }

  /** @returns undefined after a message if it failed */
  async #run(project: Project, input?: TemplateInput): Promise<Checked | undefined> {
    const { folder, record, template } = project;
    const { title } = template;
    const check = await this.#deps.actions.withProgress(
      vscode.l10n.t('Running the current version of {0}…', title),
      ({ signal }) =>
        this.#deps.updates.check(
          {
            project: folder,
            record,
            template,
            ...input,
            labels: { mine: vscode.l10n.t('this project'), next: title.replace(/\s+/g, ' ') },
          },
          signal,
        ),
    );
    switch (check.type) {
      case 'checked':
        return check;
      case 'failed': {
        const failed = vscode.l10n.t('{0} failed: {1}', title, check.error);
        void vscode.window.showErrorMessage(withoutLinks(failed));
        return undefined;
      }
      case 'unfit':
        return this.#askForValues(project, check, input);
    }
  }

  async #askForValues(
    project: Project,
    { errors }: Extract<TemplateCheck, { type: 'unfit' }>,
    input: TemplateInput | undefined,
  ): Promise<Checked | undefined> {
    const { folder, record, template } = project;
    const fillIn = vscode.l10n.t('Fill In…');
    const edit = vscode.l10n.t('Edit Record');
    const message = vscode.l10n.t('{0} now needs different values.', template.title);
    const detail = errors
      .map(({ path, message: reason }) => [path.join('.'), reason].filter(Boolean).join(': '))
      .join('\n');
    const answer = await askModal(message, detail, ...(input ? [edit] : [fillIn, edit]));
    if (answer === edit) {
      await vscode.window.showTextDocument(toUri(joinUri(folder, RECORD_PATH)));
    } else if (answer === fillIn) {
      const filled = await this.#deps.fillIn(template, record);
      if (filled) return this.#run(project, filled);
    }
    return undefined;
  }

  async #review(project: Project, check: Checked): Promise<void> {
    const { folder, template } = project;
    const { updates } = check;
    if (updates.every(({ state }) => state === 'unchanged')) {
      const current = vscode.l10n.t('{0} is up to date with {1}.', shown(folder), template.title);
      void vscode.window.showInformationMessage(withoutLinks(current));
      return;
    }
    const editors = new UpdateEditors(folder, template.title);
    try {
      let last: FileUpdate | undefined;
      for (;;) {
        const answer = await askReview(template.title, updates, last);
        if (!answer) return;
        if (answer.type === 'apply') break;
        last = answer.update;
        await editors.compare(answer.update);
      }
      const done = new Set(updates.filter(isClean).map(({ path }) => path));
      if (!(await this.#apply(project, check, done))) return;
      await this.#resolve(project, check, { done, editors });
    } finally {
      editors.dispose();
    }
  }

  /**
   * @returns whether it was written. Refuses to change unsaved files, and files that changed since the review
   */
  async #apply(project: Project, check: Checked, done: ReadonlySet<string>): Promise<boolean> {
    const { folder } = project;
    const updates = check.updates.filter(({ path }) => done.has(path));
    const changes = changesOf(updates);
    const paths = [...changes.write.keys(), ...changes.remove, RECORD_PATH];
    const unsaved = findUnsaved(paths, folder);
    if (unsaved.length > 0) {
      const message = vscode.l10n.t('Save or close these files first.');
      await askModal(message, unsaved.join('\n'));
      return false;
    }
    const output = await this.#deps.openOutput(folder);
    const changed = await changedSince(updates, output);
    if (changed.length > 0) {
      const message = vscode.l10n.t('These files have changed. Check for updates again.');
      await askModal(message, changed.join('\n'));
      return false;
    }
    await this.#deps.actions.withProgress(
      vscode.l10n.t('Updating {0}…', shown(folder)),
      async ({ signal }) => {
        const write = new Map(changes.write);
        write.set(RECORD_PATH, await this.#recordFile(project, check, done));
        await writeChanges({ write, remove: changes.remove }, output, signal);
      },
    );
    return true;
  }

  async #recordFile(
    { folder, record }: Project,
    check: Checked,
    done: ReadonlySet<string>,
  ): Promise<{ content: Uint8Array; isExecutable: boolean }> {
    const after = await recordAfter(record, check.record, check.updates, done);
    const file = joinUri(folder, RECORD_PATH);
    const before = decodeText(await this.#deps.fileSystem.readFile(file));
    const content = new TextEncoder().encode(withRecord(before, after));
    return { content, isExecutable: false };
  }

  async #hasMarkers(file: string): Promise<boolean> {
    const { fileSystem } = this.#deps;
    if ((await fileSystem.stat(file))?.type !== 'file') return false;
    return /^(?:<{7} |>{7} )/m.test(decodeText(await fileSystem.readFile(file)));
  }

  /** Lets the user resolve the conflicts. */
  async #resolve(
    project: Project,
    check: Checked,
    { done, editors }: { readonly done: Set<string>; readonly editors: UpdateEditors },
  ): Promise<void> {
    const { folder } = project;
    const { title } = project.template;
    const [count, place] = [done.size, shown(folder)];
    const conflicts = check.updates.filter(({ state }) => state === 'conflict');
    const updated = translateCount(
      count,
      { one: 'Updated {0} file in {1} from {2}.', other: 'Updated {0} files in {1} from {2}.' },
      place,
      title,
    );
    if (done.size > 0) void vscode.window.showInformationMessage(withoutLinks(updated));
    for (const update of conflicts) {
      const { path, conflict } = update;
      await (conflict === 'lines' ? editors.merge(update) : editors.compare(update));
      const decided = vscode.l10n.t('Mark as Merged');
      const later = vscode.l10n.t('Decide Later');
      const message = `${path}: ${conflict ? reasonOf(conflict) : ''}`;
      const answer = await vscode.window.showInformationMessage(
        withoutLinks(message),
        decided,
        later,
      );
      if (answer === undefined) return;
      if (answer !== decided || !(await saveFile(joinUri(folder, path)))) continue;
      if (await this.#hasMarkers(joinUri(folder, path))) {
        const left = vscode.l10n.t('{0} still contains conflict markers.', path);
        void vscode.window.showWarningMessage(withoutLinks(left));
        continue;
      }
      done.add(path);
      await this.#apply(project, onlyRecord(check), done);
    }
  }
}

/** The check without changes to files, to update only the record. */
function onlyRecord(check: Checked): Checked {
  const updates = check.updates.map((update): FileUpdate => ({ ...update, result: undefined }));
  return {
    ...check,
    updates: updates.map(update =>
      update.state === 'removed' ? { ...update, state: 'conflict' } : update,
    ),
  };
}

function shown(folder: string): string {
  return vscode.workspace.asRelativePath(toUri(folder), true);
}

function findUnsaved(paths: readonly string[], folder: string): readonly string[] {
  const unsaved = new Set(
    vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => fromUri(uri)),
  );
  return paths.filter(path => unsaved.has(joinUri(folder, path)));
}

/**
 * Saves a file.
 * @returns whether it is saved
 */
async function saveFile(file: string): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => fromUri(uri) === file);
  return !document?.isDirty || document.save();
}
