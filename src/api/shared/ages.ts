export { formatAge, formatTimeLeft } from '../../base';
