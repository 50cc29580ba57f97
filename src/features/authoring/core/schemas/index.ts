export * from './contributedSchemas';
export * from './recogniseDocument';
export * from './recogniseDocument';
