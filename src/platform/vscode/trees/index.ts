export * from './focusedRow';
