import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri } from '../../support/portal';

/** Runs a task; returns its exit code. */
async function run(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>(resolve => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

/** Problems that the problem matcher found in a file, without the catalog's own. */
function matched(path: string): readonly string[] {
  return vscode.languages
    .getDiagnostics(workspaceUri(path))
    .filter(({ source }) => source === 'callboard validate')
    .map(({ range, severity, code, message }) => {
      const { line, character } = range.start;
      const word = vscode.DiagnosticSeverity[severity];
      return `${line}:${character} ${word} ${typeof code === 'object' ? code.value : code} ${message}`;
    });
}

/**
 * VS Code publishes the problems of the last file when a task ends, whether or not its last lines
 * are matched by then: on a busy machine they can be lost, and the next run finds them.
 */
function findsWithTask(task: vscode.Task, assertions: () => void): Promise<void> {
  return eventually(async () => {
    assert.equal(await run(task), 1);
    await eventually(assertions, 10_000);
  });
}

describe('Tasks', () => {
  let tasks: readonly vscode.Task[];

  before(async () => {
    await activatePortal();
    tasks = await vscode.tasks.fetchTasks({ type: 'callboard' });
  });

  it('are provided for each folder and read from tasks.json', () => {
    assert.deepEqual(tasks.map(({ name, source }) => `${source}: ${name}`).sort(), [
      'Workspace: strict',
      'callboard: validate',
    ]);
  });

  it('run the command line and show its problems in the editor', async () => {
    const validate = tasks.find(({ name }) => name === 'validate');
    assert.ok(validate);
    await findsWithTask(validate, () => {
      assert.deepEqual(matched('catalog-info.yaml'), [
        '7:9 Warning dangling-reference spec.owner refers to group:default/nobody, which is not in the catalog',
      ]);
      assert.match(
        matched('sub/with space.yaml').join('\n'),
        /^4:0 Error invalid-spec .*lifecycle/,
      );
    });
  });

  it('run with the arguments in tasks.json', async () => {
    const strict = tasks.find(({ name }) => name === 'strict');
    assert.ok(strict);
    const { execution } = strict;
    assert.ok(execution instanceof vscode.ProcessExecution);
    assert.deepEqual(execution.args.slice(-6), [
      'validate',
      '--format',
      'unix',
      'sub',
      '--max-warnings',
      '0',
    ]);
    await findsWithTask(strict, () =>
      assert.match(matched('sub/with space.yaml').join('\n'), /^4:0 Error invalid-spec/),
    );
  });
});
