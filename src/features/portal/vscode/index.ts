export * from './portalOnDemand';
