export * from './catalogController';
export * from './catalogWorkers';
export * from './catalogDiagnostics';
export * from './userServices';
export * from './vsCodeIdentityService';
