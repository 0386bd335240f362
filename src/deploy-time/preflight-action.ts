/**
 * What a preflight does with what it finds.
 */
export enum PreflightAction {
  /** The deployment fails with the answer. */
  FAIL = 'FAIL',
  /** The deployment goes on; the answer is in `report` and in the function's log. */
  WARN = 'WARN',
}
