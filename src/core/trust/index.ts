export * from './workspaceTrust';
