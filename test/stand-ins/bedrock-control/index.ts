export { KEYS } from './call';
export { ControlPlane } from './control-plane';
export type { Fault } from './fault';
export { accessDenied, expired, Refusal, serverError, throttled, unrecognised } from './refusal';
export { profile, readyRegion } from './region-states';
export type { RegionState, WireLogging } from './wire';
