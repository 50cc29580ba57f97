export { formatNumber, translate, translateCount } from '../../src/base';
