import {
  BedrockClient, CreateFoundationModelAgreementCommand, ListFoundationModelAgreementOffersCommand, PutUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import { readAccess, readUseCaseForm } from '../../live/access';
import { ask } from '../../live/asked';
import { Asking, Failure } from '../../live/failure';

/** An agreement takes effect within minutes at most times, and CloudFormation is not kept waiting for longer. */
const PAUSE_MS = 5000;
const PAUSES = 36;

/** Submits the use-case form, if this account has not submitted one yet. */
export async function submitUseCaseForm(client: BedrockClient, asking: Asking, form: Record<string, string>): Promise<void> {
  const submitted = await readUseCaseForm(client, asking);
  if (submitted.failure) throw failed(submitted.failure);
  if (submitted.value) return;
  const { failure } = await ask('bedrock:PutUseCaseForModelAccess', asking, async () =>
    client.send(new PutUseCaseForModelAccessCommand({ formData: Buffer.from(JSON.stringify({ otherIndustryOption: '', ...form })) })));
  if (failure) throw failed(failure);
  console.info('The use-case form was submitted.');
}

/** Accepts the public offer of the model's agreement, if it is not in force yet, and waits until it is. */
export async function acceptAgreement(client: BedrockClient, asking: Asking, modelId: string, pauseMs = PAUSE_MS): Promise<void> {
  for (let accepted = false, pauses = 0; pauses < PAUSES; pauses++) {
    const access = await readAccess(client, asking, modelId);
    if (access.failure) throw failed(access.failure);
    const status = access.value?.agreement;
    if (status === 'AVAILABLE') return;
    if (accepted && status !== 'PENDING' && status !== 'NOT_AVAILABLE') return;
    if (!accepted && status !== 'PENDING') await accept(client, asking, modelId);
    accepted = true;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function accept(client: BedrockClient, asking: Asking, modelId: string): Promise<void> {
  const offers = await ask('bedrock:ListFoundationModelAgreementOffers', asking, async () =>
    (await client.send(new ListFoundationModelAgreementOffersCommand({ modelId, offerType: 'PUBLIC' }))).offers ?? []);
  if (offers.failure) throw failed(offers.failure);
  const offerToken = offers.value?.[0]?.offerToken;
  if (!offerToken) throw new Error(`AWS has no public offer of an agreement for ${modelId} in ${asking.region}: accept it in the console, and deploy again.`);
  const { failure } = await ask('bedrock:CreateFoundationModelAgreement', asking, async () =>
    client.send(new CreateFoundationModelAgreementCommand({ modelId, offerToken })));
  if (failure) throw failed(failure);
  console.info(`The agreement for ${modelId} was accepted.`);
}

function failed({ message, advice }: Failure): Error {
  return new Error(`${message} ${advice}`);
}
