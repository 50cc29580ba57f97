export * from './builtinCards';
export * from './builtinTabs';
