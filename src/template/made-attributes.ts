import { Unknown } from '../private/unknown';

/** What the attributes of a resource are made of. */
export interface Making {
  /** A property, without intrinsic functions. */
  readonly property: (name: string) => unknown;
  /** A name of which there is one in the whole assembly. */
  readonly ownName: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

type Attributes = (making: Making) => Record<string, unknown>;

/**
 * What `Ref` and `Fn::GetAtt` give for resources whose identity decides who may call what. A name that AWS generates is a made-up one,
 * by which the resource is found again wherever a template refers to it; it equals no name that a template writes.
 */
export const MADE_ATTRIBUTES: Readonly<Record<string, Attributes | undefined>> = {
  'AWS::IAM::Role': (making) => principal(making, 'role', 'RoleName'),
  'AWS::IAM::User': (making) => principal(making, 'user', 'UserName'),
  'AWS::IAM::Group': (making) => principal(making, 'group', 'GroupName'),
  'AWS::IAM::ManagedPolicy': (making) => {
    const arn = iamArn(making, 'policy', nameOf(making, 'ManagedPolicyName'));
    return { Ref: arn, PolicyArn: arn };
  },
  'AWS::Bedrock::ApplicationInferenceProfile': (making) => {
    const arn = bedrockArn(making, 'application-inference-profile');
    return { Ref: arn, InferenceProfileArn: arn, InferenceProfileIdentifier: arn, InferenceProfileId: making.ownName };
  },
  'AWS::Bedrock::Guardrail': (making) => ({ Ref: making.ownName, GuardrailId: making.ownName, GuardrailArn: bedrockArn(making, 'guardrail') }),
  'AWS::Bedrock::KnowledgeBase': (making) => ({ Ref: making.ownName, KnowledgeBaseId: making.ownName, KnowledgeBaseArn: bedrockArn(making, 'knowledge-base') }),
  'AWS::Lambda::Function': (making) => {
    const name = nameOf(making, 'FunctionName');
    const { partition, region, account } = making;
    return { Ref: name, Arn: Unknown.joined([`arn:${partition}:lambda:${region}:${account}:function:`, name]) };
  },
  'AWS::S3::Bucket': (making) => ({ Ref: nameOf(making, 'BucketName') }),
  'AWS::SSM::Parameter': (making) => ({ Ref: nameOf(making, 'Name'), Value: making.property('Value') }),
  'AWS::AppSync::DataSource': ({ property }) => ({ Name: property('Name') }),
};

function principal(making: Making, kind: string, property: string): Record<string, unknown> {
  const name = nameOf(making, property);
  return { Ref: name, Arn: iamArn(making, kind, name) };
}

/** The path of an ARN begins and ends with a slash. */
function iamArn(making: Making, kind: string, name: string | Unknown): string | Unknown {
  const path = making.property('Path') ?? '/';
  return Unknown.joined([`arn:${making.partition}:iam::${making.account}:${kind}`, ...typeof path === 'string' || Unknown.isUnknown(path) ? [path] : ['/'], name]);
}

function bedrockArn({ partition, region, account, ownName }: Making, kind: string): string {
  return `arn:${partition}:bedrock:${region}:${account}:${kind}/${ownName}`;
}

function nameOf({ property, ownName }: Making, name: string): string | Unknown {
  const given = property(name);
  return typeof given === 'string' || Unknown.isUnknown(given) ? given : ownName;
}
