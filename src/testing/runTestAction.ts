import type { Registry, ScaffolderAction } from '../api';
import {
  MemoryWorkspace,
  publishedFiles,
  runTask,
  TemplateEngine,
} from '../features/scaffolder/core';
import { defaultRepoHosts } from '../features/scm/core/forges';
import type { TestPortal } from './contract';

/** Runs an action as the only step of a template, in a workspace in memory. @throws Error with the message of a failed run */
export async function runTestAction(
  {
    id,
    input,
    isDryRun,
    root,
  }: {
    readonly id: string;
    readonly input: object;
    readonly isDryRun: boolean;
    /** URI of the folder that has the template. */
    readonly root: string;
  },
  actions: Pick<Registry<ScaffolderAction>, 'get'>,
): ReturnType<TestPortal['runAction']> {
  const workspace = new MemoryWorkspace('/tmp/test');
  const log: string[] = [];
  const template = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'test' },
    spec: {
      type: 'test',
      steps: [{ id: 'step', action: id, input: JSON.parse(JSON.stringify(input)) as never }],
    },
  };
  const result = await runTask(
    {
      template,
      templateInfo: { entityRef: 'template:default/test', baseUrl: `${root}/template.yaml` },
      values: {},
      secrets: {},
      user: {},
      taskId: 'test',
      isDryRun,
    },
    {
      engine: new TemplateEngine(undefined),
      action: wanted => actions.get(wanted),
      workspace,
      hosts: defaultRepoHosts,
      signal: new AbortController().signal,
      onLog: ({ message }) => log.push(message),
    },
  );
  if (result.error !== undefined) throw new Error(result.error);
  const decoder = new TextDecoder();
  const made = [...publishedFiles(workspace)].map(
    ([path, { content }]) => [path, decoder.decode(content)] as const,
  );
  const [step] = result.steps;
  return { output: step?.output ?? {}, files: Object.fromEntries(made), log };
}
