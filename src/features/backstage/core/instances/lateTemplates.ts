import type { InstanceTemplates } from '../../../../api';
import { onDemand } from '../../../../base';
import type { InstanceTemplatesDeps } from './templates/instanceTemplates';

/** The scaffolder of an instance, which is loaded when somebody first asks it something. */
export function lateTemplates(deps: InstanceTemplatesDeps): InstanceTemplates {
  const load = onDemand(async (): Promise<InstanceTemplates> => {
    const { createInstanceTemplates } = await import('./templates/instanceTemplates');
    return createInstanceTemplates(deps);
  });
  return {
    getForm: async (...request) => (await load()).getForm(...request),
    getActions: async (...request) => (await load()).getActions(...request),
    start: async (...request) => (await load()).start(...request),
    getTask: async (...request) => (await load()).getTask(...request),
    getTasks: async (...request) => (await load()).getTasks(...request),
    follow: async (...request) => (await load()).follow(...request),
    cancel: async (...request) => (await load()).cancel(...request),
    retry: async (...request) => (await load()).retry(...request),
    dryRun: async (...request) => (await load()).dryRun(...request),
  };
}
