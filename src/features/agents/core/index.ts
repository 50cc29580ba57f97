export { agentTools } from './agentTools';
export { type DescribedTool, describeTool } from './defineTool';
export { type FileOwners, ownersOfFile, type OwnerSource } from './ownersOfFile';
export {
  answerWithPluginTools,
  type PluginTool,
  pluginToolsTool,
  runPluginTool,
} from './pluginTools';
export type { AgentAnswer, AgentRoot, AgentServices, AgentTool } from './types';
