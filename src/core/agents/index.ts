export { agentTools } from './agentTools';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool, ObjectSchema } from './types';
