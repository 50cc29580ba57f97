import * as vscode from 'vscode';
import type { NodeProgram } from '../platform';

const type = 'callboard';

/** A task definition in `tasks.json`, as described in the manifest. */
interface CommandLineTaskDefinition extends vscode.TaskDefinition {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Tasks that run the command line that comes with the extension, so that editor and CI report the same problems. VS
 * Code runs no tasks in an untrusted workspace.
 */
export class CommandLineTasks implements vscode.TaskProvider {
  #node: NodeProgram;
  #script: vscode.Uri;

  /**
   * @param extensionUri - the folder of the installed extension
   */
  constructor({ node, extensionUri }: { node: NodeProgram; extensionUri: vscode.Uri }) {
    this.#node = node;
    this.#script = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js');
  }

  /** Returns one task for each workspace folder on this machine. */
  provideTasks(): vscode.Task[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .flatMap(folder => this.#create({ type, command: 'validate' }, folder) ?? []);
  }

  resolveTask({ definition, scope }: vscode.Task): vscode.Task | undefined {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const folder = typeof scope === 'object' ? scope : folders[0];
    return folder && this.#create(definition, folder);
  }

  /** Returns undefined if the definition is invalid. */
  #create(
    definition: vscode.TaskDefinition,
    workspaceFolder: vscode.WorkspaceFolder,
  ): vscode.Task | undefined {
    const read = readDefinition(definition);
    if (!read) return undefined;
    const { command, args } = read;
    const { path, environment } = this.#node;
    const execution = new vscode.ProcessExecution(
      path,
      [this.#script.fsPath, command, ...defaultFormat(read), ...args],
      {
        // The problem matcher resolves files relative to this folder.
        cwd: workspaceFolder.uri.fsPath,
        env: { ...environment },
      },
    );
    const matchers = command === 'validate' ? ['$callboard'] : [];
    // The same definition object, by which VS Code identifies the task.
    return new vscode.Task(definition, workspaceFolder, command, type, execution, matchers);
  }
}

/** Adds the format of the problem matcher, unless the task sets another one. */
function defaultFormat({ command, args }: CommandLineTaskDefinition): readonly string[] {
  const hasFormat = args.some(arg => arg === '--format' || arg.startsWith('--format='));
  return command === 'validate' && !hasFormat ? ['--format', 'unix'] : [];
}

function readDefinition(definition: vscode.TaskDefinition): CommandLineTaskDefinition | undefined {
  const { command, args = [] } = definition as Record<string, unknown>;
  const isUsable =
    typeof command === 'string' &&
    /^[a-z]+$/.test(command) &&
    Array.isArray(args) &&
    args.every(arg => typeof arg === 'string');
  return isUsable ? { type, command, args } : undefined;
}
