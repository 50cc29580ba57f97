import { resolve } from 'node:path';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import {
  fileUriToPath,
  loadOutputFolder,
  nodePrograms,
  pathToFileUri,
} from '../../../platform/node';
import {
  type BackendEntry,
  type ExportedModel,
  findBackendEntry,
  runModules,
  writeLayers,
} from '../core/modelExport';

/** `callboard model export`: runs a Backstage's modules and writes the layers that they register. */
export const runModelExport: RunCommand = async ({ positionals, options }, context) => {
  const { cwd, fileSystem, terminal } = context;
  const [directory = '.'] = positionals;
  const out = options.get('out')?.at(-1);
  if (out === undefined) {
    throw new UsageError(
      'model export needs --out OUT: callboard model export DIR --out OUT --run',
    );
  }
  const entry = await findBackendEntry(pathToFileUri(resolve(cwd, directory)), fileSystem);
  if (!entry.ok)
    throw new UsageError(`${directory} has no backend of a Backstage: no ${entry.error}`);
  if (!options.has('run')) {
    const { path } = entry.value;
    const shown = directory === '.' ? path : `${directory}/${path}`;
    throw new UsageError(
      `model export would run ${shown} and all that it imports, with your rights. Add --run to run it`,
    );
  }
  const { layers, modules, skipped } = await exportedBy(entry.value, context);
  for (const message of skipped) terminal.writeError(printable(message));
  const { NodeOutputFolder } = await loadOutputFolder();
  const folder = new NodeOutputFolder(resolve(cwd, out));
  const files = await writeLayers(layers, (name, content) => folder.write(name, content));
  for (const name of files) terminal.write(`${printable(`${out}/${name}`)}\n`);
  terminal.writeError(
    `${plural(files.length, 'layer')} written, of ${plural(modules.length, 'module')} that extend the model`,
  );
  return exitCodes.ok;
};

/** @throws UsageError with the output of the process */
async function exportedBy(
  entry: BackendEntry,
  { modelExporter, signal, terminal }: CommandContext,
): Promise<ExportedModel> {
  if (modelExporter === undefined) throw new UsageError("model export isn't available here");
  terminal.showProgress('Running the modules of the backend');
  const exporter = {
    programs: nodePrograms,
    node: { path: process.execPath, environment: {} },
    script: fileUriToPath(modelExporter),
  };
  const exported = await runModules(entry, exporter, signal);
  terminal.showProgress(undefined);
  if (!exported.ok) throw new UsageError(exported.error);
  return exported.value;
}
