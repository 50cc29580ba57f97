import type { RunCommand } from './command';
import { dispatcher } from './subcommands';
import { runTemplateRun } from './templateRun';

/** `callboard template`: software templates, as Backstage runs them. */
export const runTemplate: RunCommand = dispatcher(
  'template',
  new Map([
    [
      'run',
      {
        run: runTemplateRun,
        options: ['values', 'secrets', 'out', 'dry-run', 'catalog', 'format'],
      },
    ],
  ]),
);
