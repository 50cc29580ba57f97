export {
  compareNaturally,
  english,
  errorMessage,
  formatNumber,
  formatQueryValue,
  type Translate,
  translateCount,
  withoutIcons,
  withoutLinks,
} from '../../base';
