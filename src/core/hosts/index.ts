export * from './allowedHosts';
export * from './loopback';
