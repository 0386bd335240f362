import { chosenRegion } from './chosen-region';
import { chosenRouting } from './chosen-routing';
import { WayOption } from './route-option';
import { UsageError } from './usage-error';
import { ModelCard } from '../catalog/model-card';
import { GuardrailAccess } from '../policy/guardrail-statements';
import { shown } from '../private/errors';
import { RoutingFinding } from '../routing/finding';
import { InferenceRouter } from '../routing/inference-router';
import { InferenceRoute } from '../routing/route';

/** How the options have the model called: through an inference profile, or on bedrock-mantle, or why it cannot be. */
export interface Way {
  readonly sourceRegion: string;
  readonly route?: InferenceRoute;
  readonly applicationProfileArn?: string;
  readonly guardrail?: GuardrailAccess;
  /** The bedrock-mantle project; only there. */
  readonly project?: string;
  readonly finding?: RoutingFinding;
}

const APPLICATION_PROFILE = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):(\d{12}):application-inference-profile\/[a-zA-Z0-9-]+$/;
const GUARDRAIL = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:guardrail\/[a-z0-9]+$/;
const GUARDRAIL_VERSION = /^([1-9]\d{0,7}|DRAFT)$/;
const PROJECT = /^[A-Za-z0-9_-]+$/;

/** `account` is the caller's, if it is known: an application profile can be called only from its own. */
export function chosenWay(options: WayOption & { readonly from: string }, card: ModelCard, account?: string): Way {
  const sourceRegion = chosenRegion('--from', options.from, card);
  if (options.inRegion) {
    const { project = 'default' } = options;
    if (!PROJECT.test(project)) {
      throw new UsageError(`--project is not the ID of a bedrock-mantle project, got ${shown(project)}; expected "default" or an ID such as "proj_a1b2c3".`);
    }
    return { sourceRegion, project, finding: InferenceRouter.inRegionFinding(card, sourceRegion) };
  }
  if (options.project !== undefined) {
    throw new UsageError(`--project goes with --in-region, got ${shown(options.project)} without it; expected both: only bedrock-mantle has projects.`);
  }
  return {
    sourceRegion,
    ...InferenceRouter.route({ model: card, routing: chosenRouting(options, card), sourceRegion }),
    applicationProfileArn: chosenApplicationProfile(options.applicationProfile, sourceRegion, account),
    guardrail: chosenGuardrail(options, sourceRegion),
  };
}

function chosenApplicationProfile(arn: string | undefined, sourceRegion: string, account: string | undefined): string | undefined {
  if (arn === undefined) return undefined;
  const [, region, owner] = APPLICATION_PROFILE.exec(arn) ?? [];
  if (!region) {
    throw new UsageError(
      `--application-profile is not the ARN of an application inference profile, got ${shown(arn)}; `
      + 'expected arn:aws:bedrock:<Region>:<account>:application-inference-profile/<ID>.');
  }
  if (region !== sourceRegion) throw otherRegion('--application-profile', arn, sourceRegion);
  if (account !== undefined && owner !== account) {
    throw new UsageError(
      `--application-profile is of another account, got ${shown(arn)}; expected one of ${shown(account)}: `
      + 'an application inference profile can be called only from its own account.');
  }
  return arn;
}

function chosenGuardrail({ guardrail, guardrailVersion }: WayOption, sourceRegion: string): GuardrailAccess | undefined {
  if (guardrail === undefined) {
    if (guardrailVersion === undefined) return undefined;
    throw new UsageError(`--guardrail-version goes with --guardrail, got ${shown(guardrailVersion)} without it; expected both.`);
  }
  const region = GUARDRAIL.exec(guardrail)?.[1];
  if (!region) {
    throw new UsageError(`--guardrail is not the ARN of a guardrail, got ${shown(guardrail)}; expected arn:aws:bedrock:<Region>:<account>:guardrail/<ID>, without a version.`);
  }
  if (region !== sourceRegion) throw otherRegion('--guardrail', guardrail, sourceRegion);
  if (guardrailVersion !== undefined && !GUARDRAIL_VERSION.test(guardrailVersion)) {
    throw new UsageError(`--guardrail-version is not the version of a guardrail, got ${shown(guardrailVersion)}; expected a number from 1 to 99999999, or DRAFT.`);
  }
  return { guardrailArn: guardrail, requiredVersion: guardrailVersion };
}

function otherRegion(option: string, arn: string, sourceRegion: string): UsageError {
  return new UsageError(`${option} is of another Region, got ${shown(arn)}; expected one in ${shown(sourceRegion)}, where the calls are sent.`);
}
