/** A partition of AWS: what its Regions begin with, its name in ARNs, the DNS suffixes of its endpoints, and where its account-wide services answer. */
interface Partition {
  readonly regions: RegExp;
  readonly name: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  readonly homeRegion: string;
}

/**
 * The partitions as the AWS SDKs have them, the general one last: a Region of none of the others is taken to be in it.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const PARTITIONS: readonly Partition[] = [
  partition(/^us-gov-/, 'aws-us-gov', 'amazonaws.com', 'api.aws', 'us-gov-west-1'),
  partition(/^cn-/, 'aws-cn', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn', 'cn-northwest-1'),
  partition(/^eusc-/, 'aws-eusc', 'amazonaws.eu', 'api.amazonwebservices.eu', 'eusc-de-east-1'),
  partition(/^[a-z]{2}-iso-/, 'aws-iso', 'c2s.ic.gov', 'api.aws.ic.gov', 'us-iso-east-1'),
  partition(/^[a-z]{2}-isob-/, 'aws-iso-b', 'sc2s.sgov.gov', 'api.aws.scloud', 'us-isob-east-1'),
  partition(/^[a-z]{2}-isoe-/, 'aws-iso-e', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk', 'eu-isoe-west-1'),
  partition(/^[a-z]{2}-isof-/, 'aws-iso-f', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov', 'us-isof-south-1'),
  partition(/^/, 'aws', 'amazonaws.com', 'api.aws', 'us-east-1'),
];

/** The partition of a Region, as ARNs name it. */
export function partitionOf(region: string): string {
  return of(region).name;
}

/** What follows the Region in the name of an endpoint: `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return of(region).dnsSuffix;
}

/** What follows the Region in the name of an endpoint that answers over IPv4 and IPv6, as bedrock-mantle does: `api.aws`. */
export function dualStackDnsSuffixOf(region: string): string {
  return of(region).dualStackDnsSuffix;
}

/** The Region in which the account-wide services of a Region's partition answer. */
export function homeRegionOf(region: string): string {
  return of(region).homeRegion;
}

/**
 * The name by which a VPC endpoint reaches a service: the DNS suffix backwards, the Region, the service.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function endpointServiceName(service: string, region: string): string {
  return [...dnsSuffixOf(region).split('.').reverse(), region, service].join('.');
}

function of(region: string): Partition {
  return PARTITIONS.find(({ regions }) => regions.test(region))!;
}

function partition(regions: RegExp, name: string, dnsSuffix: string, dualStackDnsSuffix: string, homeRegion: string): Partition {
  return { regions, name, dnsSuffix, dualStackDnsSuffix, homeRegion };
}
