import type { LoadedTemplate, TemplateInstance, TemplateRunResult } from '../../../src/api';
import { isRecord } from '../../../src/base';
import type { TaskAttempt, TaskSpec } from '../../../src/features/scaffolder/core';
import type { JsonValue } from '../../../src/model';

/** The Backstage of the templates in the folder `served`. */
const instance: TemplateInstance = { id: 'acme', name: 'Acme', url: 'https://acme.example.com' };

export const served = {
  instanceOf: (file: string): TemplateInstance | undefined =>
    file.includes('/served/') ? instance : undefined,
  forms: {
    parametersOf: async ({ entity }: LoadedTemplate): Promise<JsonValue | undefined> =>
      isRecord(entity['spec']) ? entity['spec']['parameters'] : undefined,
  },
};

/** The files it would write. */
export async function tryOnInstance(): Promise<TemplateRunResult> {
  const content = new TextEncoder().encode('of the server');
  return {
    status: 'completed',
    steps: [],
    output: {},
    files: [{ path: 'made-there.txt', content, isExecutable: false }],
  };
}

/** A run whose connection is lost the first time. */
export function runOnInstance(): Pick<TaskSpec, 'instance' | 'run'> {
  let attempts = 0;
  return {
    instance,
    async run(attempt: TaskAttempt): Promise<TemplateRunResult> {
      const steps = [{ id: 'there', name: 'Done there', action: 'acme:do' }];
      attempt.delegateTo({ ...instance, taskId: 'task-1' }, { steps, cancel: () => {} });
      attempt.onLog({ stepId: 'there', status: 'processing', message: 'on the server' });
      if (attempts++ === 0) throw new Error('The connection to acme.example.com broke.');
      attempt.onLog({ stepId: 'there', status: 'completed', message: 'done' });
      const output = { links: [{ title: 'Its page', url: 'https://acme.example.com/page' }] };
      return { status: 'completed', steps: [], output, files: [] };
    },
  };
}
