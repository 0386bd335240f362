import { Call, KEYS } from './call';
import type { ControlPlane } from './control-plane';
import { ORGANIZATION_OPERATIONS } from './organization';
import { page } from './page';
import { Refusal } from './refusal';
import type { RegionState, WireLogging } from './wire';

/** What the operation answers: JSON, or XML for STS. */
export function answerOf(call: Call, plane: ControlPlane): unknown {
  const operation = OPERATIONS[call.action];
  if (!operation) throw new Refusal(404, 'UnknownOperationException', `The stand-in does not serve ${call.action}.`);
  return operation(call, plane, plane.regions.get(call.region)!);
}

const OPERATIONS: Record<string, (call: Call, plane: ControlPlane, state: RegionState) => unknown> = {
  ...ORGANIZATION_OPERATIONS,

  'sts:GetCallerIdentity': () => '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    + '<Arn>arn:aws:iam::111122223333:user/tester</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account>'
    + '</GetCallerIdentityResult></GetCallerIdentityResponse>',

  'sts:AssumeRole': ({ form }, plane) => {
    const [RoleArn, ExternalId] = ['RoleArn', 'ExternalId'].map((name) => form.get(name) ?? undefined);
    plane.assumed.push({ RoleArn, ExternalId, DurationSeconds: form.get('DurationSeconds') ?? undefined });
    return '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>'
      + `<AccessKeyId>${KEYS.assumed}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>assumed</SessionToken>`
      + '<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>';
  },

  'account:ListRegions': ({ body }, { regions, pageSize }) => {
    const listed = [...regions].filter(([, { enabled }]) => enabled).map(([RegionName]) => ({ RegionName, RegionOptStatus: 'ENABLED' }));
    const { items, token } = page(listed, body.NextToken as string | undefined, pageSize);
    return { Regions: items, NextToken: token };
  },

  'bedrock:ListInferenceProfiles': ({ query }, { pageSize }, { profiles }) => {
    const { items, token } = page(profiles, query.get('nextToken') ?? undefined, pageSize);
    return { inferenceProfileSummaries: items, nextToken: token };
  },

  'bedrock:GetInferenceProfile': ({ id }, _, { profiles }) => {
    const found = profiles.find(({ inferenceProfileId }) => inferenceProfileId === id);
    if (!found) throw new Refusal(404, 'ResourceNotFoundException', `The inference profile ${id} was not found.`);
    return found;
  },

  'bedrock:GetFoundationModel': ({ id }, _, { model }) => {
    if (model?.modelId !== id) throw new Refusal(404, 'ResourceNotFoundException', 'Could not find the model.');
    return { modelDetails: model };
  },

  'bedrock:GetFoundationModelAvailability': (_, __, { availability }) => availability,

  'bedrock:GetUseCaseForModelAccess': (_, __, { useCaseForm }) => {
    if (!useCaseForm) throw new Refusal(404, 'ResourceNotFoundException', 'The use case form was not found.');
    return { formData: useCaseForm };
  },

  'bedrock:PutUseCaseForModelAccess': ({ body }, _, state) => {
    state.useCaseForm = String(body.formData);
    state.availability = { ...state.availability, authorizationStatus: 'AUTHORIZED' };
    return {};
  },

  'bedrock:ListFoundationModelAgreementOffers': ({ id }) => ({ modelId: id, offers: [{ offerId: 'offer-1', offerToken: 'token-1', termDetails: {} }] }),

  'bedrock:CreateFoundationModelAgreement': ({ body }, _, state) => {
    if (body.offerToken !== 'token-1') throw new Refusal(400, 'ValidationException', 'The offer token is not valid.');
    state.availability = { ...state.availability, agreementAvailability: { status: 'AVAILABLE' } };
    return { modelId: body.modelId };
  },

  'bedrock:GetModelInvocationLoggingConfiguration': (_, __, { logging }) => logging ? { loggingConfig: logging } : {},

  'bedrock:PutModelInvocationLoggingConfiguration': ({ body }, _, state) => {
    state.logging = body.loggingConfig as WireLogging;
    return {};
  },

  'bedrock:DeleteModelInvocationLoggingConfiguration': (_, __, state) => {
    state.logging = undefined;
    return {};
  },

  'servicequotas:GetServiceQuota': ({ body }, _, { quotas }) => {
    const code = String(body.QuotaCode);
    if (!(code in quotas)) throw new Refusal(400, 'NoSuchResourceException', 'The requested quota does not exist.');
    return { Quota: { ServiceCode: 'bedrock', QuotaCode: code, Value: quotas[code], Unit: 'None', Adjustable: true, GlobalQuota: false } };
  },
};
