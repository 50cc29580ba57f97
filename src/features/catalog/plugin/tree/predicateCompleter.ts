export { PredicateCompleter } from '../../core/query/predicateCompletions';
