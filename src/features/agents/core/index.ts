export { agentTools } from './agentTools';
export { type DescribedTool, describeTool } from './defineTool';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool } from './types';
