import * as vscode from 'vscode';
import type { Disposable } from '../../../base';
import type { NodeProgram } from '../platform';

/** Offers tasks that run the command line; what makes them is loaded when tasks are asked for. */
export function registerCommandLineTasks(deps: {
  readonly node: NodeProgram;
  readonly extensionUri: vscode.Uri;
}): Disposable {
  const load = async (): Promise<vscode.TaskProvider> => {
    const { CommandLineTasks } = await import('./commandLineTasks');
    return new CommandLineTasks(deps);
  };
  return vscode.tasks.registerTaskProvider('callboard', {
    provideTasks: async token => (await load()).provideTasks(token),
    resolveTask: async (task, token) => (await load()).resolveTask(task, token),
  });
}
