import { upgradeCommand } from '../../features/authoring/cli/upgradeCommand';
import { pluginCommand } from '../../features/plugins/cli/pluginCommand';
import { templateCommand } from '../../features/scaffolder/cli/templateCommand';
import { modelCommand } from '../../features/catalog/cli/modelCommand';
import { docsCommand } from '../../features/techdocs/cli/docsCommand';
import type { CommandSpec } from '../options';
import {
  dependentsCommand,
  diffCommand,
  entitiesCommand,
  graphCommand,
  importCommand,
  ownerCommand,
  searchCommand,
  validateCommand,
} from './catalogCommands';
import { completionCommand, helpCommand } from './helpCommands';
import { lspCommand, mcpCommand } from './serverCommands';

/** Commands, in the order of the help. */
export const commands: readonly CommandSpec[] = [
  entitiesCommand,
  validateCommand,
  diffCommand,
  graphCommand,
  dependentsCommand,
  ownerCommand,
  searchCommand,
  importCommand,
  upgradeCommand,
  modelCommand,
  docsCommand,
  templateCommand,
  pluginCommand,
  lspCommand,
  mcpCommand,
  completionCommand,
  helpCommand,
];
