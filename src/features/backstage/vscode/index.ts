export { SignInDesk } from './signInDesk';
