import { Text } from '../iam/pattern';
import { KeyState } from '../iam/request';
import { HaikuError, shown } from '../private/errors';
import { Unknown } from '../private/unknown';

/** Who calls, as far as it is known. */
export interface Caller {
  /** What a request has under the condition keys about its principal. */
  readonly keys: Readonly<Record<string, KeyState>>;
  /** Whether anyone of the account may call. */
  readonly anyone?: boolean;
  /** Whether it is a service-linked role, which no service control policy binds. */
  readonly serviceLinked?: boolean;
  /** The role of the session that is named, whose path the ARN of a session does not tell. */
  readonly roleOfSession?: string;
}

const PRINCIPAL = /^(arn:aws[a-z-]*):(iam|sts)::(\d{12}):([^*?]+)$/;
/** Roles of IAM Identity Center have this path, some with a Region after it. */
const IDENTITY_CENTER = { roles: 'AWSReservedSSO_', path: 'aws-reserved/sso.amazonaws.com/' };

/** Anyone of an account. Service control policies bind roles, users, federated users and the root user, so it is one of them. */
export function anyCaller(account: Text, partition: string): Caller {
  const arn = (service: string, rest: string, ...name: Unknown[]) => [Unknown.joined([`arn:${partition}:${service}::`, account, `:${rest}`, ...name])];
  const name = Unknown.of('aws:PrincipalArn');
  return {
    anyone: true,
    keys: {
      ...OF_NO_SERVICE,
      'aws:PrincipalArn': { oneOf: [arn('iam', 'role/', name), arn('iam', 'user/', name), arn('iam', 'root'), arn('sts', 'federated-user/', name)] },
      'aws:PrincipalType': { oneOf: [['AssumedRole'], ['User'], ['Account'], ['FederatedUser']] },
      'aws:PrincipalAccount': [account],
    },
  };
}

/**
 * The caller that an ARN names: a role, a user, the session of a role, a federated user or the root user. Throws if it is none of them,
 * or of another account.
 */
export function callerOf(arn: string, account: string): Caller {
  const [, start, service, owner, resource = ''] = PRINCIPAL.exec(arn) ?? [];
  if (owner !== undefined && owner !== account) {
    throw new HaikuError(`Principal is of another account, got ${shown(arn)}; expected one of ${shown(account)}, whose policies are asked. Change one of the two.`);
  }
  const [kind, ...names] = resource.split('/');
  const keys = (type: string, principal: Text, username?: string): Caller['keys'] => ({
    ...OF_NO_SERVICE,
    'aws:PrincipalArn': [principal],
    'aws:PrincipalType': [type],
    'aws:PrincipalAccount': [account],
    'aws:username': username === undefined ? 'absent' : [username],
  });
  if (names.every((name) => name !== '')) {
    const named = names.at(-1);
    switch (`${service} ${kind}${named === undefined ? '' : '/'}`) {
      case 'iam role/': return { keys: keys('AssumedRole', arn), serviceLinked: names[0] === 'aws-service-role' };
      case 'iam user/': return { keys: keys('User', arn, named) };
      case 'iam root': return { keys: keys('Account', arn) };
      case 'sts federated-user/': return { keys: keys('FederatedUser', arn) };
      case 'sts assumed-role/': if (names.length > 1) return ofSession(`${start}:iam::${account}:role/`, names[0], keys);
    }
  }
  throw new HaikuError(
    `Principal is not one that can call, got ${shown(arn)}; expected the ARN of a role, a user, a session, a federated user or the root user, `
    + `such as "arn:aws:iam::${account}:role/app". Name the one who calls.`);
}

/** Service control policies bind no service. */
const OF_NO_SERVICE: Caller['keys'] = { 'aws:PrincipalIsAWSService': ['false'], 'aws:PrincipalServiceName': 'absent', 'aws:PrincipalServiceNamesList': 'absent' };

/** Its role is taken to have no path, unless it is one that has. */
function ofSession(start: string, role: string, keys: (type: string, principal: Text) => Caller['keys']): Caller {
  const path = role.startsWith(IDENTITY_CENTER.roles) ? [IDENTITY_CENTER.path, Unknown.of('aws:PrincipalArn')] : [];
  return { keys: keys('AssumedRole', Unknown.joined([start, ...path, role])), roleOfSession: role };
}
