export {
  type AnyFilterPredicate,
  type FilterPredicate,
  type FilterPredicateExpression,
  type FilterPredicatePrimitive,
  type FilterPredicateValue,
  matchesPredicate,
} from '../../model/predicates';
