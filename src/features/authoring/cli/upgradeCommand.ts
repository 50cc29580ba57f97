import { formatOption } from '../../../cli/commands/sharedOptions';
import type { CommandSpec } from '../../../cli/options';

export const upgradeCommand: CommandSpec = {
  name: 'upgrade',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Update values that newer releases of Backstage deprecate or remove',
  details: [
    'Covers descriptors, templates, app-config*.yaml and mkdocs.yml in DIR. Prints a diff, then the places to change by hand. Exits with 1 if there are such places.',
  ],
  options: [
    { name: 'from', value: 'RELEASE', help: 'Skip changes up to RELEASE, such as 1.40.' },
    { name: 'to', value: 'RELEASE', help: 'Apply changes up to RELEASE. Default: latest.' },
    { name: 'write', help: 'Write the files.' },
    formatOption(['pretty', 'json']),
  ],
  examples: [['callboard upgrade --from 1.40', 'print what changes since 1.40']],
};
