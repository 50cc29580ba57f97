export * from './outdatedParts';
export {
  type Addition,
  additions,
  type PartChange,
  type PartPath,
  type RuleSource,
  type UpgradeRule,
  upgradeRules,
} from './releaseRules';
