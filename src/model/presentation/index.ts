export * from './cardDeadline';
export * from './coverage';
export * from './dependentsPresentation';
export * from './entityFields';
export * from './kindPresentation';
export * from './modelNames';
export * from './problemFix';
export * from './relationPresentation';
