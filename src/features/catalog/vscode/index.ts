export * from './catalogController';
export * from './catalogDiagnostics';
export * from './vsCodeIdentityService';
