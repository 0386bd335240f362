// The commands that ask AWS, loaded only when one of them runs: nothing else pays for the SDK's start-up.
export { runAccess } from './access-run';
export { runCard } from './card-run';
export { runCheck } from './check-run';
