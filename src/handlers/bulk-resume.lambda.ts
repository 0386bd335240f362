import { RESUME_VARIABLES } from '../contract/bulk-set';
import { Buckets } from './bulk/aws/buckets';
import { ServiceCalls, ServiceError, Surroundings } from './bulk/aws/service-calls';
import { SYSTEM_CLOCK } from './invoke/http/clock';

const around: Surroundings = { env: process.env, clock: SYSTEM_CLOCK };
const buckets = new Buckets(around);
const states = new ServiceCalls('states', 'AWS_ENDPOINT_URL_SFN', around);

/** The state that waits has given up waiting, or was told already. It asks the job itself. */
const GONE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** Tells the state that waits for a job that the job has ended. A job of somebody else has no token here. */
export async function handler({ jobArn }: { readonly jobArn: string }): Promise<void> {
  const { [RESUME_VARIABLES.bucket]: bucket, [RESUME_VARIABLES.prefix]: prefix } = process.env;
  const written = await buckets.textIfThere(bucket!, `${prefix}tokens/${jobArn.split('/').pop()}`);
  if (written === undefined) return;
  const { token: taskToken } = JSON.parse(written) as { token: string };
  await states.json('AWSStepFunctions.SendTaskSuccess', { taskToken, output: '{}' }).catch((error: unknown) => {
    if (!(error instanceof ServiceError) || !GONE.includes(error.code)) throw error;
  });
}
