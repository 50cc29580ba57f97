export { SimpleGitPublisher } from './gitPublisher';
