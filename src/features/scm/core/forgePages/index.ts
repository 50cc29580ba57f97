export {
  contentsUrl,
  type ForgePages,
  forgePages,
  isForgeKnown,
  type RemoteHost,
  remotePages,
} from './forgePages';
