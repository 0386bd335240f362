export { ROLE, StsStandIn } from './sts-stand-in';
