export { type QueryPartOf, queryReader } from '../../base';
export { type PredicateTerm, splitPredicates } from '../../model/predicates';
