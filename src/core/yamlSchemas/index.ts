export * from './descriptorHead';
export * from './recogniseDocument';
