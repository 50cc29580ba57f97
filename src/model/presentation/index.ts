export * from './docsPlace';
export * from './entityFields';
export * from './kindPresentation';
export * from './relationPresentation';
