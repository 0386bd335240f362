/**
 * What no Region is asked for in AWS's sample of a Region deny: services that answer in one Region for all, and what looks over Regions.
 *
 * @see https://github.com/aws-samples/service-control-policy-examples/blob/main/Region-controls/Deny-access-to-AWS-based-on-the-requested-AWS-region-with-Bedrock-CRIS.json
 */
export const GLOBAL_SERVICES: readonly string[] = [
  'a4b:*', 'acm:*', 'aws-marketplace-management:*', 'aws-marketplace:*', 'aws-portal:*', 'budgets:*', 'ce:*', 'chime:*', 'cloudfront:*', 'config:*',
  'cur:*', 'directconnect:*', 'ec2:DescribeRegions', 'ec2:DescribeTransitGateways', 'ec2:DescribeVpnGateways', 'fms:*', 'globalaccelerator:*',
  'health:*', 'iam:*', 'importexport:*', 'kms:*', 'mobileanalytics:*', 'networkmanager:*', 'organizations:*', 'pricing:*', 'route53:*',
  'route53domains:*', 'route53-recovery-cluster:*', 'route53-recovery-control-config:*', 'route53-recovery-readiness:*', 's3:GetAccountPublic*',
  's3:ListAllMyBuckets', 's3:ListMultiRegionAccessPoints', 's3:PutAccountPublic*', 'shield:*', 'sts:*', 'support:*', 'trustedadvisor:*',
  'waf-regional:*', 'waf:*', 'wafv2:*', 'wellarchitected:*',
];

/**
 * Who the control CT.MULTISERVICE.PV.1 of AWS Control Tower asks for no Region.
 *
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/ou-region-deny.html
 */
export const CONTROL_TOWER_ROLES: readonly string[] = [
  'AWSControlTowerExecution', 'aws-controltower-ConfigRecorderRole', 'aws-controltower-ForwardSnsNotificationRole', 'AWSControlTower_VPCFlowLogsRole',
].map((role) => `arn:*:iam::*:role/${role}`);
