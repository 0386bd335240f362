/** What CloudFormation sends to a custom resource. Property values are text, lists and objects: numbers and booleans come as text. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Set for Update and Delete: what the last answer gave. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: ResourceProperties;
  readonly OldResourceProperties?: ResourceProperties;
}

export type ResourceProperties = Readonly<Record<string, unknown>>;
