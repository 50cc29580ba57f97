export * from './outdatedParts';
export * from './release';
export {
  type Addition,
  additions,
  type RuleSource,
  type UpgradeRule,
  upgradeRules,
} from './releaseRules';
