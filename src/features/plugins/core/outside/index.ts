// Separate from `core`, because it is loaded with the first use of a capability.

export * from './outsideServices';
