import { dependentsTool } from './tools/dependents';
import { getEntityTool } from './tools/getEntity';
import { ownersTool } from './tools/owners';
import { findTool, searchDocsTool } from './tools/search';
import { validateTool } from './tools/validate';
import type { AgentTool } from './types';

/** Tools of the editor and of the MCP server. */
export const agentTools: readonly AgentTool[] = [
  findTool,
  getEntityTool,
  dependentsTool,
  ownersTool,
  searchDocsTool,
  validateTool,
];
