export * from './upgradeText';
