export { DefaultSourceHttp, type DefaultSourceHttpDeps } from './http/defaultSourceHttp';
export * from './types';
