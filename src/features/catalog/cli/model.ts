import { resolve } from 'node:path';
import { stringify as stringifyYaml } from 'yaml';
import { isRecord, ownValue, parsedJson } from '../../../base';
import { catalogAround } from '../../../cli/catalog/catalogAround';
import { readOptions } from '../../../cli/catalog/openCatalog';
import { pluginLayers } from '../../../cli/catalog/openPlugins';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import type { ParsedCommand } from '../../../cli/options';
import { stringify } from '../../../cli/output/jsonOutput';
import { prettyFormat, problemFormats } from '../../../cli/output/problemFormats';
import { countProblems, placeOf } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import type { Problem } from '../../../model';
import { describeFieldChange, describePath } from '../../../model/differences';
import { jsonRecord } from '../../../model/json';
import {
  type CatalogModel,
  compileModel,
  defaultLayers,
  stackedLayers,
} from '../../../model/layers';
import { decodeText } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { pathToFileUri } from '../../../platform/node';
import { loadLayers, type ModelChange, modelChanges } from '../core/modelReport';

interface LoadedCatalogModel {
  readonly model: CatalogModel;
  readonly problems: readonly Problem[];
  /** URIs of the files with layers. */
  readonly files: readonly string[];
  /** Reads the files, some of which may be in VSIX files of plugins. */
  readonly fileSystem: FileSystem;
  readonly folder: string;
  readonly aiModel: boolean;
}

/** Loads the model of the catalog that the command's folder belongs to. */
async function loadModel(
  { positionals, options }: ParsedCommand,
  context: CommandContext,
): Promise<LoadedCatalogModel> {
  const { cwd } = context;
  const [directory = '.'] = positionals;
  const folder = resolve(cwd, directory);
  const uri = pathToFileUri(folder);
  const stat = await context.fileSystem.stat(uri);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }
  const root = await catalogAround(uri, context);
  const { customKinds, modelLayers, severities } = await readOptions([root], context);
  const aiModel = !options.has('no-ai-model');
  const plugins = await pluginLayers([root], context, { needsNamed: true });
  const { fileSystem } = plugins;
  const { data, problems, files } = await loadLayers({
    patterns: modelLayers,
    customKinds,
    roots: [root],
    plugins,
    fileSystem,
    aiModel,
  });
  const { model } = compileModel(stackedLayers({ customKinds, layers: data.layers, aiModel }));
  const shown = [...plugins.problems, ...problems].flatMap((problem): Problem[] => {
    const severity = ownValue(severities, problem.code);
    if (severity === 'off') return [];
    return [severity === undefined ? problem : { ...problem, severity }];
  });
  return { model, problems: shown, files, fileSystem, folder, aiModel };
}

/** `callboard model check`: exits with 1 on errors. */
export const runModelCheck: RunCommand = async (parsed, context) => {
  const { problems, files, fileSystem, folder } = await loadModel(parsed, context);
  const format = problemFormats.get(parsed.options.get('format')?.at(-1) ?? '') ?? prettyFormat;
  context.terminal.write(
    await format(
      {
        problems,
        counts: { files: files.length, documents: files.length, entities: 0 },
        files,
        folder,
        cwd: context.cwd,
        warningsFail: false,
      },
      { ...context, fileSystem },
    ),
  );
  return countProblems(problems).error > 0 ? exitCodes.problems : exitCodes.ok;
};

/** `callboard model print`: prints the compiled model. */
export const runModelPrint: RunCommand = async (parsed, context) => {
  const { model, problems } = await loadModel(parsed, context);
  const { options } = parsed;
  const printed = jsonRecord(shownModel(model, options.get('kind') ?? []));
  const isJson = options.get('format')?.at(-1) === 'json';
  const text = isJson
    ? stringify(printed)
    : stringifyYaml(printed, { aliasDuplicateObjects: false });
  context.terminal.write(text);
  return reportErrors(problems, context);
};

/** Returns the part of a model that is about some kinds; all of it without any. */
function shownModel(model: CatalogModel, kinds: readonly string[]): CatalogModel {
  if (!kinds.length) return model;
  const named = kinds.map(kind => kind.toLowerCase());
  const isNamed = (kind: string): boolean => named.includes(kind.toLowerCase());
  const unknown = kinds.find(kind => !model.kinds.some(known => isSame(known.kind, kind)));
  if (unknown !== undefined) throw new UsageError(`The model has no kind ${unknown}`);
  return {
    ...model,
    kinds: model.kinds.filter(({ kind }) => isNamed(kind)),
    relations: model.relations.filter(({ pairs }) =>
      pairs.some(({ fromKind }) => isNamed(fromKind)),
    ),
  };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `callboard model diff`: prints what layers change. */
export const runModelDiff: RunCommand = async (parsed, context) => {
  const { model, problems, aiModel } = await loadModel(parsed, context);
  const { options } = parsed;
  const against = options.get('against')?.at(-1);
  const before =
    against === undefined
      ? compileModel(defaultLayers({ aiModel })).model
      : await printedModel(against, context);
  const changes = modelChanges(before, model);
  const { terminal } = context;
  if (options.get('format')?.at(-1) === 'json') terminal.write(stringify(jsonRecord({ changes })));
  else terminal.write(prettyChanges(changes));
  return reportErrors(problems, context);
};

async function printedModel(path: string, context: CommandContext): Promise<CatalogModel> {
  const uri = pathToFileUri(resolve(context.cwd, path));
  if (!(await context.fileSystem.stat(uri))) throw new UsageError(`File ${path} doesn't exist`);
  const value = parsedJson(decodeText(await context.fileSystem.readFile(uri)) ?? '');
  const lists = ['kinds', 'relations', 'annotations', 'labels', 'tags'];
  if (!isRecord(value) || !lists.every(key => Array.isArray(value[key]))) {
    throw new UsageError(`${path} isn't the output of callboard model print --format json`);
  }
  return value as unknown as CatalogModel;
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

function prettyChanges(changes: readonly ModelChange[]): string {
  if (!changes.length) return 'No changes\n';
  const lines = changes.flatMap(({ type, part, fields }) => [
    `${signs[type]} ${part}`,
    ...fields.flatMap(({ path, before, after }) => {
      const { removed, added } = describeFieldChange(before, after);
      const values = [...removed.map(text => `- ${text}`), ...added.map(text => `+ ${text}`)];
      return [`    ${describePath(path)}`, ...values.map(value => `      ${value}`)];
    }),
  ]);
  return `${lines.join('\n')}\n`;
}

/** Reports errors of layers on standard error. @returns the exit code */
function reportErrors(problems: readonly Problem[], { terminal, cwd }: CommandContext): number {
  const show = pathsRelativeTo(cwd);
  for (const { file, range, message } of problems) {
    const place = file === undefined ? '' : `${show(file)}:${placeOf(range)}: `;
    terminal.writeError(printable(`${place}${message}`));
  }
  return countProblems(problems).error > 0 ? exitCodes.problems : exitCodes.ok;
}
