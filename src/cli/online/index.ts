// What asks AWS, loaded only when one of its commands runs: nothing else pays for the SDK's start-up.
export { AccessOptions, runAccess } from './access';
export { CardOptions, runCard } from './card';
export { CheckOptions, runCheck } from './check';
export { runSaveOrganization, SaveOptions } from './save-organization';
