export { agentTools } from './agentTools';
export { type DescribedTool, describeTool } from './describeTool';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool } from './types';
