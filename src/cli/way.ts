import { chosenRegion, chosenRouting } from './chosen';
import { ExitCode, UsageError } from './command';
import type { Terminal } from './terminal';
import { ModelCard } from '../catalog/model-card';
import { GuardrailAccess } from '../policy/guardrail-statements';
import { shown } from '../private/errors';
import { decide, decideInRegion, InRegionWay } from '../routing/decision';
import { Finding } from '../routing/finding';
import { InferenceRoute } from '../routing/route';
import { commandLineText } from '../wording/command-line';

/** The options that say how the model is called, and what goes with a call. */
export interface WayOptions {
  readonly from: string;
  readonly geo?: string;
  readonly global?: boolean;
  readonly inRegion?: boolean;
  readonly project?: string;
  readonly applicationProfile?: string;
  readonly guardrail?: string;
  readonly guardrailVersion?: string;
}

/** How the model is called through an inference profile. */
export interface ProfileWay {
  readonly sourceRegion: string;
  readonly route: InferenceRoute;
  readonly applicationProfileArn?: string;
  readonly guardrail?: GuardrailAccess;
}

/** How the model is called within one Region. */
export interface SingleRegionWay extends InRegionWay {
  readonly sourceRegion: string;
  /** The bedrock-mantle project; none on bedrock-runtime. */
  readonly project?: string;
  readonly guardrail?: GuardrailAccess;
}

/** Why the model cannot be called as the options have it. */
export interface NoWay {
  readonly sourceRegion: string;
  readonly finding: Finding;
}

const APPLICATION_PROFILE = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):(\d{12}):application-inference-profile\/[a-zA-Z0-9-]+$/;
const GUARDRAIL = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:guardrail\/[a-z0-9]+$/;
const GUARDRAIL_VERSION = /^([1-9]\d{0,7}|DRAFT)$/;
const PROJECT = /^[A-Za-z0-9_-]+$/;

/** `account` is the caller's, if it is known: an application profile can be called only from its own. */
export function chosenWay(options: WayOptions, card: ModelCard, account?: string): ProfileWay | SingleRegionWay | NoWay {
  const sourceRegion = chosenRegion('--from', options.from, card);
  if (options.inRegion) return singleRegionWay(options, card, sourceRegion);
  if (options.project !== undefined) {
    throw new UsageError(`--project goes with --in-region, got ${shown(options.project)} without it; expected both: only bedrock-mantle has projects.`);
  }
  return {
    sourceRegion,
    ...decide(card, chosenRouting(options, card), sourceRegion),
    applicationProfileArn: chosenApplicationProfile(options.applicationProfile, sourceRegion, account),
    guardrail: chosenGuardrail(options, sourceRegion),
  };
}

/** Says why a Region cannot call the model as asked. */
export function printNoWay(card: ModelCard, { sourceRegion, finding }: NoWay, json: boolean | undefined, terminal: Terminal): ExitCode {
  const message = commandLineText(finding);
  if (json) terminal.printJson({ model: card.modelId, sourceRegion, finding: printable(finding, message), error: { message, code: finding.code } });
  else terminal.print(`${terminal.style('red', 'No route')} (${finding.code})\n${terminal.prose(message)}`);
  return ExitCode.FOUND;
}

/** The finding as data, beside its words; a geography is its prefix. */
function printable({ code, subject, given, allowed, asOf, remedies }: Finding, message: string) {
  return {
    code,
    message,
    subject,
    given,
    allowed,
    asOf,
    remedies: remedies.map((remedy) => 'geographies' in remedy ? { ...remedy, geographies: remedy.geographies.map(({ prefix }) => prefix) } : remedy),
  };
}

function singleRegionWay(options: WayOptions, card: ModelCard, sourceRegion: string): SingleRegionWay | NoWay {
  const { project, guardrail } = options;
  if (project !== undefined && !PROJECT.test(project)) {
    throw new UsageError(`--project is not the ID of a bedrock-mantle project, got ${shown(project)}; expected "default" or an ID such as "proj_a1b2c3".`);
  }
  const decision = decideInRegion(card, sourceRegion);
  if ('finding' in decision) return { sourceRegion, ...decision };
  if (decision.endpoint === 'bedrock-mantle') {
    if (guardrail === undefined) return { sourceRegion, ...decision, project: project ?? 'default' };
    throw new UsageError(`--guardrail is not available on bedrock-mantle, which serves ${card.name} in ${sourceRegion}, got ${shown(guardrail)}: it has no guardrails. Leave out --in-region or --guardrail.`);
  }
  if (project === undefined) return { sourceRegion, ...decision, guardrail: chosenGuardrail(options, sourceRegion) };
  throw new UsageError(`--project is not available on bedrock-runtime, which serves ${card.name} in ${sourceRegion}, got ${shown(project)}: only bedrock-mantle has projects. Leave it out.`);
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

function chosenGuardrail({ guardrail, guardrailVersion }: WayOptions, sourceRegion: string): GuardrailAccess | undefined {
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
