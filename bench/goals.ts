/** What this library must reach, as ratios: to hand-written IAM, or to the smallest peer. */
export const goals = {
  /** CPU time of 100 grants to 100 roles over a bare stack, to hand-written IAM. */
  grantTime: 1.1,
  /** CPU time of the same in an environment-agnostic stack, to that in a stack with a Region. */
  agnosticTime: 1.15,
  /** Peak memory of 100 grants to 100 roles over a bare stack, to hand-written IAM. */
  grantMemory: 1.3,
  /** `require` after aws-cdk-lib, in ms. */
  requireMs: 10,
  /** Library, types and assembly, in MB: to download, on disk. */
  library: [0.37, 1.75],
  /** With every bundle: what the smallest peer weighs. */
  package: [0.47, 2.28],
  /** Characters that one grant adds to a template, to the documented policy's. */
  documentedPolicy: 1091,
  templateBytes: 1.1,
  /** The last role's cost to the first hundred's. Hand-written IAM grows too, so its growth is measured beside it. */
  growth: 1.25,
  /** Judging one Region choice, in microseconds. */
  validationMicroseconds: 20,
  /** Time and allocations with twenty times the table. */
  tableGrowth: 1.1,
} as const;
