export * from './coverage';
export * from './dependentsPresentation';
export * from './docsPlace';
export * from './entityFacets';
export * from './entityFields';
export * from './kindPresentation';
export * from './kindSymbols';
export * from './relationPresentation';
