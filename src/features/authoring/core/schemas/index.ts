export * from './contributedSchemas';
export * from './recognizeDocument';
