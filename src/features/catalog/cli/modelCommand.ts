import {
  declaringPluginOption,
  formatOption,
  problemFormatNames,
} from '../../../cli/commands/sharedOptions';
import type { CommandSpec } from '../../../cli/options';

const LAYERS =
  'Layers are the files that plugins, .callboard/config.yaml (model: layers:) and the setting callboard.catalog.modelLayers list. The catalog is that of the git repository that contains DIR.';

const aiModel = {
  name: 'no-ai-model',
  help: 'Omit the kinds of the AI model: AiResource, and APIs of type mcp-server.',
};

export const modelCheckCommand: CommandSpec = {
  name: 'model check',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Check the layers of the catalog model',
  details: [
    `${LAYERS} Reports errors that prevent Backstage from starting, with its messages and the place in the file.`,
    'Exits with 1 if there are errors. Paths in JSON output are relative to DIR.',
  ],
  options: [formatOption(problemFormatNames), declaringPluginOption, aiModel],
  examples: [['callboard model check', 'check the layers of the current folder']],
};

export const modelPrintCommand: CommandSpec = {
  name: 'model print',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Print the compiled catalog model',
  details: [LAYERS, 'Errors of layers are printed on standard error; the exit code is 1 then.'],
  options: [
    formatOption(['yaml', 'json']),
    { name: 'kind', value: 'KIND', multiple: true, help: 'Only this kind and its relations.' },
    declaringPluginOption,
    aiModel,
  ],
  examples: [
    ['callboard model print --kind Component', 'print the fields and relations of components'],
  ],
};

export const modelDiffCommand: CommandSpec = {
  name: 'model diff',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Show what the layers change in the catalog model',
  details: [
    LAYERS,
    'Compares with the model of Backstage, or with a file that model print --format json wrote.',
  ],
  options: [
    { name: 'against', value: 'FILE', help: 'The model to compare with.' },
    formatOption(['pretty', 'json']),
    declaringPluginOption,
    aiModel,
  ],
  examples: [
    ['callboard model diff', 'show what your layers add and change'],
    ['callboard model diff --against model.json', 'show what changed since model.json was printed'],
  ],
};

export const modelExportCommand: CommandSpec = {
  name: 'model export',
  positionals: '[DIR] --out OUT --run',
  maxPositionals: 1,
  summary: 'Export the layers that the modules of a Backstage register',
  details: [
    'Runs the backend in the Backstage repository DIR (default: the current folder) up to the registration of its features, then the modules that extend the catalog model, and writes each layer, except those of Backstage itself, to a file in OUT. Modules get no config, database or other service. Dependencies must be installed.',
    'The code runs with your rights, without tokens and other variables of your environment, for two minutes at most. Without --run, the command only names what it would run.',
  ],
  options: [
    { name: 'out', value: 'OUT', help: 'The folder for the layers.' },
    { name: 'run', help: 'Run the code.' },
  ],
  examples: [
    [
      'callboard model export ../backstage --out model --run',
      'export the layers of your Backstage',
    ],
  ],
};

export const modelCommand: CommandSpec = {
  name: 'model',
  positionals: '',
  maxPositionals: 0,
  summary: 'Check, print, compare or export the catalog model of your organization',
  details: [],
  options: [],
  examples: [],
  subcommands: [modelCheckCommand, modelPrintCommand, modelDiffCommand, modelExportCommand],
};
