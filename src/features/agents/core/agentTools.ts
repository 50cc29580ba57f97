import { dependentsTool } from './tools/dependents';
import { getEntityTool } from './tools/getEntity';
import { ownersTool } from './tools/owners';
import { findTool, searchDocsTool } from './tools/search';
import { validateTool } from './tools/validate';
import type { AgentTool } from './types';

/** All that agents can ask, wherever they are. */
export const agentTools: readonly AgentTool[] = [
  findTool,
  getEntityTool,
  dependentsTool,
  ownersTool,
  searchDocsTool,
  validateTool,
];
