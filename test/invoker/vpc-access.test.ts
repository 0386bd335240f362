import { Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { functionOf, roleStatements } from './stack-with-invoker';
import { HaikuInvoker } from '../../src';
import { stackIn } from '../kit/stack';

const CHANGE = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];
const DESCRIBE = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
const arn = (...parts: string[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, parts.join('')]] });

test('in a VPC the role can manage the account\'s network interfaces, for Lambda but not for the code', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker', { vpc: new Vpc(stack, 'Vpc') });
  expect(roleStatements(stack).slice(-3)).toEqual([
    { Effect: 'Allow', Action: CHANGE, Resource: arn(':ec2:us-east-1:111122223333:*/*') },
    { Effect: 'Allow', Action: DESCRIBE, Resource: '*' },
    {
      Effect: 'Deny',
      Action: [...CHANGE, ...DESCRIBE],
      Resource: '*',
      Condition: { ArnLike: { 'lambda:SourceFunctionArn': arn(':lambda:us-east-1:111122223333:function:*') } },
    },
  ]);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('outside a VPC there is no EC2 permission', () => {
  const stack = stackIn('us-east-1');
  new HaikuInvoker(stack, 'Invoker');
  expect(JSON.stringify(roleStatements(stack))).not.toContain('ec2:');
});

test('the function runs in the subnets that were chosen', () => {
  const stack = stackIn('us-east-1');
  const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Inside', subnetType: SubnetType.PRIVATE_ISOLATED }], maxAzs: 2 });
  new HaikuInvoker(stack, 'Invoker', { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } });
  expect(functionOf(stack).VpcConfig).toEqual({
    SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^InvokerFunctionSecurityGroup/), 'GroupId'] }],
    SubnetIds: [{ Ref: expect.stringMatching(/^VpcInsideSubnet1/) }, { Ref: expect.stringMatching(/^VpcInsideSubnet2/) }],
  });
});
