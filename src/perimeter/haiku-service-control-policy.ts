import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Names, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ServiceControlRule } from './service-control-rule';
import { scpDocuments } from '../organization/scp-documents';
import { numbered, ServiceControlRules } from '../policy/scp-rules';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, listOf, objectOf, required, TEXT } from '../private/prop-kind';
import { partitionOf } from '../routing/partition';

/**
 * What an organization denies, and to whom.
 */
export interface HaikuServiceControlPolicyProps {
  /**
   * What is denied.
   */
  readonly rules: ServiceControlRule[];

  /**
   * Whom it binds: IDs of the root, of organizational units or of accounts. AWS takes ten policies on each.
   *
   * @default - nobody: the policy is made, and attached to nothing
   */
  readonly targetIds?: string[] | undefined;

  /**
   * The name of the policy: at most 128 characters. A second document has a 2 after it.
   *
   * @default - made from the construct's path
   */
  readonly policyName?: string | undefined;

  /**
   * What the policy is for: at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string | undefined;
}

const TARGET = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;
const NAME_LENGTH = 128;
const DESCRIPTION_LENGTH = 512;
/** One of the ten that AWS takes must allow. */
const MOST_DOCUMENTS = 9;

/**
 * A service control policy (SCP) of the organization, which denies the use of Amazon Bedrock in other ways than are wanted: in as few
 * documents as its size lets it, at most 10,240 characters each.
 *
 * It is deployed in the management account of the organization, or by a delegated administrator. It binds neither the management account
 * nor service-linked roles, and allows nothing: keep FullAWSAccess attached.
 *
 * Throws if the rules take more documents than can be attached, or one is too long.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html
 */
export class HaikuServiceControlPolicy extends Construct {
  /** The policy documents, as JSON. */
  public readonly documents: string[];
  /** How many more characters each of them may have. */
  public readonly charactersLeft: number[];
  /** The IDs of the policies. */
  public readonly policyIds: string[];

  constructor(scope: Construct, id: string, props: HaikuServiceControlPolicyProps) {
    super(scope, id);
    const texts = listOf(TEXT, 'a list of texts', 'a list of strings');
    checkKinds<HaikuServiceControlPolicyProps>('HaikuServiceControlPolicy', props, {
      rules: required(listOf(objectOf('ServiceControlRule', '', ['_statements']), 'a list of ServiceControlRule', 'a list such as [ServiceControlRule.forbidGlobal()]')),
      targetIds: texts,
      policyName: TEXT,
      description: TEXT,
    });
    const { rules, targetIds, policyName = Names.uniqueResourceName(this, { maxLength: NAME_LENGTH - 1 }), description } = props;
    if (rules.length === 0) throw new HaikuError('rules are empty; expected at least one ServiceControlRule. Without any the policy would say nothing.');
    checkLength('policyName', policyName, NAME_LENGTH - 1);
    checkLength('description', description, DESCRIPTION_LENGTH);
    targetIds?.forEach(checkTarget);
    const { region } = Stack.of(this);
    const partition = Token.isUnresolved(region) ? 'aws' : partitionOf(region);
    const documents = scpDocuments(rules.flatMap(({ _statements }) => _statements(new ServiceControlRules(partition))));
    if (documents.length > MOST_DOCUMENTS) {
      throw new HaikuError(`rules take more policies than AWS attaches to one target beside FullAWSAccess, got ${documents.length}; expected at most ${MOST_DOCUMENTS}. Let fewer routes or models stand in them.`);
    }
    this.documents = documents.map(({ json }) => json);
    this.charactersLeft = documents.map(({ charactersLeft }) => charactersLeft);
    this.policyIds = documents.map(({ json }, index) => new CfnPolicy(this, numbered('Resource', index), {
      name: numbered(policyName, index),
      type: 'SERVICE_CONTROL_POLICY',
      content: JSON.parse(json) as object,
      description,
      targetIds,
    }).attrId);
  }
}

function checkTarget(target: string): void {
  if (Token.isUnresolved(target) || TARGET.test(target)) return;
  throw new HaikuError(`targetIds hold what is no target, got ${shown(target)}; expected the ID of the root such as "r-ab12", of an organizational unit such as "ou-ab12-11111111", or of an account. Correct it.`);
}

function checkLength(name: string, text: string | undefined, most: number): void {
  if (text === undefined || Token.isUnresolved(text) || (text.length > 0 && text.length <= most)) return;
  throw new HaikuError(`${name} is not valid, got ${shown(text)} (${text.length} characters); expected 1 to ${most} characters. Shorten it, or leave it out.`);
}
