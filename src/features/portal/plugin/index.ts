export * from './builtinCards';
export * from './builtinTabs';
export * from './home/catalogFacts';
export * from './home/homeCards';
