export * from './builtinCards';

export * from './home/homeCards';
