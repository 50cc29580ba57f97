export { withoutIcons, withoutLinks } from '../../base';
