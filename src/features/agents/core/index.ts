export { agentTools } from './agentTools';
export { type DescribedTool, describeTool } from './defineTool';
export { type FileOwners, ownersOfFile, type OwnerSource } from './ownersOfFile';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool } from './types';
