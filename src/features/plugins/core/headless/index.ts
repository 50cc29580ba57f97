// Separate from `core`, because only processes without an editor load it.

export { ContributedProblems } from '../contributedProblems';
export * from './catalogRows';
export * from './headlessPlugins';
export * from './pluginThread';
export * from './protocol';
export * from './threadActions';
export * from './threadCalls';
export * from './threadPlugins';
export * from './threadProcessors';
export * from './threadProviders';
export * from './viewPoints';
