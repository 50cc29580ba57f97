export { agentTools } from './agentTools';
export { toolSchemas, type ToolSchemas } from './toolSchemas';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool } from './types';
