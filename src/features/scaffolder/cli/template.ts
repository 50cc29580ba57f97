import type { RunCommand } from '../../../cli/command';
import { dispatcher } from '../../../cli/subcommands';
import { runTemplateList } from './templateList';
import { publishOptions } from './templatePublish';
import { runTemplateRun } from './templateRun';
import { runTemplateTest } from './templateTest';
import { runTemplateUpdate } from './templateUpdate';
import { testFormats } from './testFormats';

/** `callboard template`: software templates, as Backstage runs them. */
export const runTemplate: RunCommand = dispatcher(
  'template',
  new Map([
    [
      'run',
      {
        run: runTemplateRun,
        options: [
          'values',
          'secrets',
          'out',
          'dry-run',
          'catalog',
          'config',
          'env',
          'allow-host',
          'format',
          'record',
          ...publishOptions,
        ],
        formats: ['pretty', 'json'],
      },
    ],
    [
      'test',
      { run: runTemplateTest, options: ['format', 'update'], formats: [...testFormats.keys()] },
    ],
    [
      'update',
      {
        run: runTemplateUpdate,
        options: [
          'check',
          'template',
          'values',
          'secrets',
          'catalog',
          'conflicts',
          'allow-dirty',
          'config',
          'env',
          'allow-host',
          'format',
        ],
        formats: ['pretty', 'json'],
      },
    ],
    ['list', { run: runTemplateList, options: ['format', 'all'], formats: ['table', 'json'] }],
  ]),
);
