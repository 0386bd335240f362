/** A folder of src/, and what it may use besides the folders above it. */
export interface Room {
  readonly folder: string;
  /** Whether it may use the CDK. */
  readonly cdk?: boolean;
  /** Whether it may use the AWS SDK and its like, which are bundled and never installed by users. */
  readonly sdk?: boolean;
}

/** The folder whose own folders have an order too. */
export const INVOKE = 'handlers/invoke';

/** Those of src/handlers/invoke/: each may import from those above it, and from no other. The files beside them put all of it together. */
export const INVOKE_FOLDERS: readonly string[] = ['json', 'failures', 'config', 'http', 'prompt', 'dialects', 'log', 'call', 'escalation', 'traffic', 'stream', 'events'];

/**
 * The house: each folder of src/ may import from those above it, and from no other. What knows neither CDK nor SDK is pure, and uses
 * nothing of Node.js either.
 */
export const HOUSE: readonly Room[] = [
  { folder: 'private' },
  { folder: 'catalog' },
  { folder: 'cost' },
  { folder: 'routing' },
  { folder: 'policy' },
  { folder: 'iam' },
  { folder: 'organization' },
  { folder: 'wording' },
  { folder: 'template' },
  { folder: 'scan' },
  { folder: 'move' },
  { folder: 'contract' },
  { folder: 'construct', cdk: true },
  { folder: 'targets', cdk: true },
  { folder: 'invoker', cdk: true },
  { folder: 'bulk', cdk: true },
  { folder: 'monitoring', cdk: true },
  { folder: 'perimeter', cdk: true },
  { folder: 'deploy-time', cdk: true },
  { folder: 'live', sdk: true },
  { folder: 'handlers', sdk: true },
  { folder: 'cli', sdk: true },
];
