import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ModelCard } from '../../src';
import { foundationModelArn, inferenceProfileArn, mantleProjectArn } from '../../src/routing/arn';
import { dnsSuffixOf, dualStackDnsSuffixOf, endpointServiceName, homeRegionOf, partitionOf } from '../../src/routing/partition';

test.each([
  ['eu-west-2', 'aws', 'amazonaws.com', 'api.aws', 'us-east-1', 'com.amazonaws.eu-west-2.bedrock-runtime'],
  ['mx-central-1', 'aws', 'amazonaws.com', 'api.aws', 'us-east-1', 'com.amazonaws.mx-central-1.bedrock-runtime'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com', 'api.aws', 'us-gov-west-1', 'com.amazonaws.us-gov-west-1.bedrock-runtime'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn', 'cn-northwest-1', 'cn.com.amazonaws.cn-north-1.bedrock-runtime'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', 'api.amazonwebservices.eu', 'eusc-de-east-1', 'eu.amazonaws.eusc-de-east-1.bedrock-runtime'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov', 'api.aws.ic.gov', 'us-iso-east-1', 'gov.ic.c2s.us-iso-east-1.bedrock-runtime'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', 'api.aws.scloud', 'us-isob-east-1', 'gov.sgov.sc2s.us-isob-east-1.bedrock-runtime'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk', 'eu-isoe-west-1', 'uk.adc-e.cloud.eu-isoe-west-1.bedrock-runtime'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov', 'us-isof-south-1', 'gov.ic.hci.csp.us-isof-south-1.bedrock-runtime'],
])('%s is in %s, under %s', (region, partition, suffix, dualStack, home, service) => {
  expect([partitionOf(region), dnsSuffixOf(region), dualStackDnsSuffixOf(region), homeRegionOf(region), endpointServiceName('bedrock-runtime', region)])
    .toEqual([partition, suffix, dualStack, home, service]);
});

test('every Region that aws-cdk-lib knows has the partition and the suffix that it gives', () => {
  const known = RegionInfo.regions.filter(({ partition }) => partition !== undefined);
  expect(known.length).toBeGreaterThan(30);
  for (const { name, partition, domainSuffix } of known) {
    // Releases before the sovereign cloud name its suffix wrongly or not at all.
    if (name.startsWith('eusc-')) continue;
    expect([name, partitionOf(name), dnsSuffixOf(name)]).toEqual([name, partition, domainSuffix]);
  }
});

test.each(['us-isof-south-1', 'eusc-de-east-1', 'eu-isoe-west-1', 'us-iso-east-1', 'us-isob-east-1'])('the ARNs of a card of %s are of its partition', (region) => {
  const partition = partitionOf(region);
  const { modelId } = ModelCard.CLAUDE_HAIKU_4_5;
  expect([foundationModelArn(region, modelId), inferenceProfileArn(region, '111122223333', `eu.${modelId}`), mantleProjectArn(region, '111122223333', 'default')]).toEqual([
    `arn:${partition}:bedrock:${region}::foundation-model/${modelId}`,
    `arn:${partition}:bedrock:${region}:111122223333:inference-profile/eu.${modelId}`,
    `arn:${partition}:bedrock-mantle:${region}:111122223333:project/default`,
  ]);
});
