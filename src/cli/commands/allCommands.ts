import type { CommandSpec } from '../options';
import {
  dependentsCommand,
  diffCommand,
  entitiesCommand,
  graphCommand,
  importCommand,
  searchCommand,
  validateCommand,
} from './catalogCommands';
import { docsCommand } from '../../features/techdocs/cli/docsCommand';
import { lspCommand, mcpCommand } from './serverCommands';
import { templateCommand } from '../../features/scaffolder/cli/templateCommand';

/** All commands, in the order in which the help names them. */
export const commands: readonly CommandSpec[] = [
  entitiesCommand,
  validateCommand,
  diffCommand,
  graphCommand,
  dependentsCommand,
  searchCommand,
  importCommand,
  docsCommand,
  templateCommand,
  lspCommand,
  mcpCommand,
];
