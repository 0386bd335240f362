import { anyCaller, Caller, callerOf } from './caller';
import { CallKind, InferenceCall } from './inference-call';
import { Organization, ORGANIZATION_FILE_TEXT, readOrganization } from './organization';
import { Reach, reachOf } from './reach';
import { Text } from '../iam/pattern';
import { adopted, brand, FACTORY, onlyByFactory } from '../private/brand';
import { checkKinds, TEXT } from '../private/prop-kind';
import { readText } from '../private/text-file';

/**
 * What `ServiceControlPolicies.fromFile` takes besides the file.
 */
export interface ServiceControlPoliciesOptions {
  /**
   * The ARN of the role, user or root user that calls the model.
   *
   * @default - anyone of the account: a policy that spares some principals is then not known to block
   */
  readonly principalArn?: string | undefined;
}

/**
 * The service control policies (SCPs) that bind an account: its own, and those of the organizational units and the root above it.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ServiceControlPolicies {
  /**
   * The policies of a file, as `npx cdk-bedrock-haiku reach --save-organization <file>` writes it. It is read at synth time.
   *
   * Throws if the file cannot be read or holds a policy that AWS would not take, and names level, policy and place.
   *
   * @param path - absolute, or relative to where the app runs
   */
  public static fromFile(path: string, options: ServiceControlPoliciesOptions = {}): ServiceControlPolicies {
    checkKinds<ServiceControlPoliciesOptions>('ServiceControlPolicies.fromFile', options, { principalArn: TEXT });
    return new ServiceControlPolicies(FACTORY, path, readText(path, ORGANIZATION_FILE_TEXT), options.principalArn);
  }

  /**
   * The policies themselves, or this copy's of the same for those that another installed copy of the package read.
   * @internal
   */
  public static _own(value: unknown): ServiceControlPolicies | undefined {
    if (value instanceof ServiceControlPolicies) return value;
    return adopted<ServiceControlPolicies>(value, 'ServiceControlPolicies',
      ({ _path, _text, _principalArn }) => new ServiceControlPolicies(FACTORY, _path, _text, _principalArn));
  }

  /** @internal */
  public readonly _organization: Organization;

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _path: string,
    /** @internal */
    public readonly _text: string,
    /** @internal */
    public readonly _principalArn?: string,
  ) {
    onlyByFactory(caller, 'ServiceControlPolicies', 'ServiceControlPolicies.fromFile(...)');
    this._organization = readOrganization(_text, _path);
    if (_principalArn !== undefined) callerOf(_principalArn, accountOf(_principalArn));
  }

  /**
   * What they say of a call from an account, which may not be known.
   * @internal
   */
  public _reach(kind: CallKind, call: Pick<InferenceCall, 'route' | 'account' | 'applicationProfileArn'>): Reach {
    return reachOf(this._organization, { ...call, kind, caller: this._callerIn(call.account, call.route._partition) });
  }

  /** @internal */
  public _callerIn(account: Text, partition: string): Caller {
    if (this._principalArn === undefined) return anyCaller(account, partition);
    return callerOf(this._principalArn, typeof account === 'string' ? account : accountOf(this._principalArn));
  }
}

brand(ServiceControlPolicies, 'ServiceControlPolicies');

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
