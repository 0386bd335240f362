import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IResource, Stack, Token } from 'aws-cdk-lib/core';
import { IInvocableModel } from './invocable-model';
import { callerAccount, ModelAccess, ModelGrants } from './model-grants';
import { GrantedProfile } from '../construct/held-grants';
import { Printing, Stated } from '../construct/plain-policy';
import { APPLICATION_PROFILE_ARN_LENGTH, counted, knownToDiffer } from '../construct/tokens';
import { routeStatements } from '../policy/invoke-statements';
import { Statement } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';
import { InferenceRouting } from '../routing/inference-routing';
import { Route } from '../routing/route';
import { commandLineRouting } from '../wording/command-line';

/** An application profile by way of which access is given. */
interface ApplicationProfile {
  /** Its ARN, which counts right in a condition. */
  readonly arn: string;
  /** What a policy to attach by hand says instead, if the ARN is known only at deploy time. */
  readonly stated?: Stated;
}

/** Access to the model of a route, through the system-defined profile or by way of an application profile. */
export class ProfileAccess implements ModelAccess {
  public readonly printing: Printing;
  /** By account: most principals are of one. */
  private readonly written = new Map<string, { readonly statements: Statement[]; readonly profile: GrantedProfile }>();

  constructor(private readonly route: Route, routing: InferenceRouting, private readonly application?: ApplicationProfile) {
    this.printing = { sourceRegions: route._sourceRegions, stated: application?.stated, routeOption: commandLineRouting(routing) };
  }

  public statementsFor(account: string, requiredGuardrail?: string): Statement[] {
    return requiredGuardrail === undefined ? this.writtenFor(account).statements : this.statements(account, requiredGuardrail);
  }

  public profileFor(account: string): GrantedProfile {
    return this.writtenFor(account).profile;
  }

  private writtenFor(account: string): { readonly statements: Statement[]; readonly profile: GrantedProfile } {
    const written = this.written.get(account) ?? {
      statements: this.statements(account),
      profile: {
        routeKey: JSON.stringify([account, this.route._key]),
        applicationArn: this.application?.arn,
        arn: this.application?.arn ?? this.route.inferenceProfileArn(account),
      },
    };
    this.written.set(account, written);
    return written;
  }

  private statements(account: string, requiredGuardrail?: string): Statement[] {
    return routeStatements(this.route, account, { applicationProfileArn: this.application?.arn, requiredGuardrail });
  }
}

/** The grants of an application profile. It belongs to one account, so callers of another have no use for it. */
export function applicationProfileGrants(
  profile: IResource & IInvocableModel & { readonly inferenceProfileArn: string },
  { _route, _routing }: { readonly _route: Route; readonly _routing: InferenceRouting },
): ModelGrants {
  const { account } = profile.env;
  const arn = counted(profile.inferenceProfileArn, APPLICATION_PROFILE_ARN_LENGTH);
  const stated = Token.isUnresolved(arn) ? {
    token: arn,
    as: `arn:${Stack.of(profile).partition}:bedrock:${_route.sourceRegion}:${account}:application-inference-profile/example`,
    meaning: `the ARN of the application inference profile ${profile.node.path}`,
  } : undefined;
  return new ModelGrants(profile, 'ApplicationInferenceProfile', new ProfileAccess(_route, _routing, { arn, stated }), (principal: IPrincipal) => {
    const caller = callerAccount(principal);
    if (!knownToDiffer(caller, account)) return account;
    throw new HaikuError(
      `Principal ${principal} is in another account than the application inference profile ${profile.node.path}, `
      + `got ${shown(caller)}; expected ${shown(account)}. An application inference profile can be called only from its own account: `
      + 'make one in the other account, or grant the CrossRegionInferenceProfile that it copies, which exists in every account.');
  });
}
