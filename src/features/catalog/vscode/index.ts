export * from './catalogController';
export * from './catalogDiagnostics';
export { registerModelExport } from './modelExport';
export * from './vsCodeIdentityService';
