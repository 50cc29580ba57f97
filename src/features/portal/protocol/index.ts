export type { TemplateTaskFile, TemplateTaskStep } from '../../../api';
export type * from '../../catalog/core/glances';
export type * from '../../catalog/core/pages';
export type * from '../../scaffolder/core/pages';
export type * from '../../search/core/pages';
export type * from '../../techdocs/core/pages';
export type * from '../core';
export * from './messages';
