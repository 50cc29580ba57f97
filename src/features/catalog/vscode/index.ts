export * from './catalogController';
export * from './catalogDiagnostics';
export * from './catalogWorkers';
export * from './userServices';
export * from './vsCodeIdentityService';
