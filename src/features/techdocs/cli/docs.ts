import type { RunCommand } from '../../../cli/command';
import { dispatcher } from '../../../cli/subcommands';
import { runDocsBuild } from './docsBuild';
import { runDocsCheck } from './docsCheck';
import { runDocsRender } from './docsRender';

/** `callboard docs`: documentation as TechDocs builds it. */
export const runDocs: RunCommand = dispatcher(
  'docs',
  new Map([
    [
      'build',
      { run: runDocsBuild, options: ['out', 'clean', 'strict', 'site-name', 'etag', 'env'] },
    ],
    ['check', { run: runDocsCheck, options: ['env', 'format', 'strict'] }],
    ['render', { run: runDocsRender, options: [] }],
  ]),
);
