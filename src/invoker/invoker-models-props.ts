import { Escalation } from './escalation';
import { Traffic } from './traffic';

/**
 * What a HaikuInvoker calls besides its target.
 */
export interface InvokerModelsProps {
  /**
   * A stronger model that is asked where an answer does not do. Of streams only `EscalationTrigger.unavailable()` can hold: synthesis warns
   * with the id `cdk-bedrock-haiku:HaikuInvoker.escalationOfStreams` of a function that streams without it.
   *
   * @default - the answer of the target counts, whatever it is
   */
  readonly escalation?: Escalation | undefined;

  /**
   * A second target for a share of the calls: instead of this one, or beside it.
   *
   * @default - all calls go to the target
   */
  readonly traffic?: Traffic | undefined;
}
