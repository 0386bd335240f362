/** Findings of cfn-lint that stand, by how they begin, each with the reason. There is no other list. */
export const ACCEPTED: Array<{ readonly finding: RegExp; readonly reason: string }> = [
  {
    finding: /^I1022 /,
    reason: 'CDK writes every string with a token in it as Fn::Join; Fn::Sub is a matter of taste.',
  },
  {
    finding: new RegExp('^E3006 .*\'AWS::Bedrock::ApplicationInferenceProfile\' does not exist in '
      + '\'(us-west-1|ca-west-1|mx-central-1|eu-north-1|eu-south-2|il-central-1|af-south-1|ap-east-2|ap-south-2|ap-southeast-[4567])\'$'),
    reason: 'cfn-lint\'s copy of the CloudFormation registry lacks the type there; the Bedrock User Guide (inference-profiles-support) lists all of them.',
  },
  {
    finding: /^E3006 .*'AWS::Budgets::Budget' does not exist in /,
    reason: 'a budget belongs to the account, not to a Region: where CloudFormation lacks the type, its stack stands in another Region, such as us-east-1.',
  },
  {
    finding: new RegExp('^E3006 .*\'AWS::Lambda::Url\' does not exist in '
      + '\'(ca-west-1|mx-central-1|eu-central-2|il-central-1|me-central-1|ap-east-2|ap-south-2|ap-southeast-[4567])\'$'),
    reason: 'the Lambda Developer Guide (urls-configuration) lists all but mx-central-1 as Regions without function URLs: the example names another.',
  },
];
