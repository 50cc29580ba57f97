import * as vscode from 'vscode';
import type { NodeProgram } from '../platform';

const type = 'callboard';

/** What a task of this type says in a `tasks.json`; the manifest describes it. */
interface CommandLineTaskDefinition extends vscode.TaskDefinition {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Tasks that run Callboard's command line as it comes with the extension, so that the editor and CI
 * say the same. VS Code runs no task in a workspace that is not trusted.
 */
export class CommandLineTasks implements vscode.TaskProvider {
  #node: NodeProgram;
  #script: vscode.Uri;

  /** @param extensionUri - of the folder that the extension is installed in */
  constructor({ node, extensionUri }: { node: NodeProgram; extensionUri: vscode.Uri }) {
    this.#node = node;
    this.#script = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js');
  }

  /** One task for each workspace folder that is on this machine. */
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

  /** Undefined where the definition says nothing that could be run. */
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
        // The matcher finds files from here.
        cwd: workspaceFolder.uri.fsPath,
        env: { ...environment },
      },
    );
    const matchers = command === 'validate' ? ['$callboard'] : [];
    // The very definition, by which VS Code knows the task again.
    return new vscode.Task(definition, workspaceFolder, command, type, execution, matchers);
  }
}

/** The format that the problem matcher reads, unless another is asked for. */
function defaultFormat({ command, args }: CommandLineTaskDefinition): readonly string[] {
  const isAsked = args.some(arg => arg === '--format' || arg.startsWith('--format='));
  return command === 'validate' && !isAsked ? ['--format', 'unix'] : [];
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
