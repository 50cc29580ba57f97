export * from './problemDocumentation';
