export * from './contributedSchemas';
export * from './descriptorHead';
export * from './recogniseDocument';
