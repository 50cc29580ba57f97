import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPackage, packageFolder } from '../../scripts/lib/packageExtension.mjs';

/** The shipped build, created once for all tests and again only after changes of its sources. */
let built: Promise<unknown> | undefined;

/** Path of the command line program, as it ships. */
export async function builtProgram(): Promise<string> {
  await (built ??= buildPackage());
  return join(packageFolder, 'dist/cli.js');
}

/** URL of the script that threads run, as it ships and as pools take it. */
export async function builtWorker(
  name: 'worker' | 'searchWorker' | 'pluginWorker' | 'modelExporter' = 'worker',
): Promise<string> {
  await (built ??= buildPackage());
  return pathToFileURL(join(packageFolder, 'dist', `${name}.mjs`)).href;
}
