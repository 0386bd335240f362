/**
 * An alias of a HaikuInvoker's function, always on its newest version.
 */
export interface InvokerAlias {
  /**
   * The name: 1 to 128 letters, digits, `-` and `_`, not digits alone.
   */
  readonly aliasName: string;

  /**
   * How many instances are kept ready, so that no call waits for one to start. They are paid for while they are kept.
   *
   * @default - none
   */
  readonly provisionedConcurrentExecutions?: number;
}
