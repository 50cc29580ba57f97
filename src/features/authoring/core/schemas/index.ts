export * from './contributedSchemas';
export * from './recogniseDocument';
