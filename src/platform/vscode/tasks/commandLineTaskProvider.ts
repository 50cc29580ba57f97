import * as vscode from 'vscode';
import type { Disposable } from '../../../base';
import type { NodeProgram } from '../platform';

/** Provides tasks that run the command line; the implementation is loaded on demand. */
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
