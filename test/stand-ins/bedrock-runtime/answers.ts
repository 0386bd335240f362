import type { Answer } from './answer';
import type { Call } from './call';
import type { Completion, Deviation } from './completion';
import { converseEvents, converseResponse } from './converse-answer';
import { checkConverseBody } from './converse-validation';
import { chunkFrame, converseFrame } from './event-stream';
import { messagesEvents, messagesResponse } from './messages-answer';
import { checkMessagesBody, checkVersionHeader } from './messages-validation';
import type { Model } from './model';
import { checkMantleModel, checkOtherModel, checkRuntimeModel } from './model-access';
import type { MessagesService, Operation } from './operation';
import { promptOfConverse, promptOfMessages } from './prompt';
import { messagesError, Refusal } from './refusal';
import { checkServiceTier } from './service-tier';

const LATENCY_MS = 12;
const EVENT_STREAM = 'application/vnd.amazon.eventstream';

/** Checks a call's model and body, and answers it as the model would. */
export function answer(operation: Operation, call: Call, model: Model, requestId: string, deviation: Deviation): Answer {
  if (operation.api === 'messages') return answerMessages(call, operation.service, model, requestId, deviation);
  checkRuntimeModel(operation.modelId, model.caller);
  checkServiceTier(call.headers);
  if (operation.api === 'invoke') {
    const body = checkMessagesBody(call.body, 'bedrock', operation.streaming);
    checkOtherModel(operation.modelId, body, model.caller);
    const completion = { ...model.complete(promptOfMessages(body), deviation), modelId: operation.modelId };
    const headers = { ...runtimeHeaders(requestId), ...invokeHeaders(completion) };
    return operation.streaming
      ? { ...stream(messagesFrames(completion)), headers: { ...runtimeHeaders(requestId), 'content-type': EVENT_STREAM, 'x-amzn-bedrock-content-type': 'application/json' } }
      : json(messagesResponse(completion), headers);
  }
  const body = checkConverseBody(call.body, operation.streaming);
  checkOtherModel(operation.modelId, { ...body.inferenceConfig as object, ...body.additionalModelRequestFields as object }, model.caller);
  const completion = model.complete(promptOfConverse(body), deviation);
  return operation.streaming
    ? { ...stream(converseEvents(completion, LATENCY_MS).map(converseFrame)), headers: { ...runtimeHeaders(requestId), 'content-type': EVENT_STREAM } }
    : json(converseResponse(completion, LATENCY_MS), runtimeHeaders(requestId));
}

/** What a refused caller reads, in the endpoint's own shape. */
export function refuse(refusal: Refusal, service: Operation['service'], requestId: string): Answer {
  if (service === 'bedrock-mantle') {
    return { ...json(messagesError(refusal, requestId), { 'request-id': requestId, ...refusal.headers }), status: refusal.status };
  }
  const headers = { ...runtimeHeaders(requestId), 'x-amzn-errortype': refusal.type, ...refusal.headers };
  return { ...json({ message: refusal.message }, headers), status: refusal.status };
}

function answerMessages(call: Call, service: MessagesService, model: Model, requestId: string, deviation: Deviation): Answer {
  checkVersionHeader(call.headers);
  const body = checkMessagesBody(call.body, 'bedrock-mantle', false);
  if (service === 'bedrock') checkRuntimeModel(String(body.model), model.caller);
  else checkMantleModel(body.model, model.caller.region);
  const completion = model.complete(promptOfMessages(body), deviation);
  if (body.stream !== true) return json(messagesResponse(completion), { 'request-id': requestId });
  const chunks = messagesEvents(completion).map((event) => Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
  return { ...stream(chunks), headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'request-id': requestId } };
}

/** Bedrock adds its own figures to the last event. */
function messagesFrames(completion: Completion): Buffer[] {
  const metrics = {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: completion.inputTokens, outputTokenCount: completion.outputTokens, invocationLatency: LATENCY_MS, firstByteLatency: LATENCY_MS,
    },
  };
  return messagesEvents(completion).map((event) => chunkFrame(event.type === 'message_stop' ? { ...event, ...metrics } : event));
}

function runtimeHeaders(requestId: string): Record<string, string> {
  return { 'x-amzn-requestid': requestId };
}

function invokeHeaders(completion: Completion): Record<string, string> {
  return {
    'x-amzn-bedrock-invocation-latency': String(LATENCY_MS),
    'x-amzn-bedrock-input-token-count': String(completion.inputTokens),
    'x-amzn-bedrock-output-token-count': String(completion.outputTokens),
    'x-amzn-bedrock-cache-read-input-token-count': String(completion.cache.read),
    'x-amzn-bedrock-cache-write-input-token-count': String(completion.cache.written),
  };
}

function json(body: object, headers: Record<string, string>): Answer {
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, chunks: [Buffer.from(JSON.stringify(body))], streaming: false };
}

function stream(chunks: Buffer[]): Answer {
  return { status: 200, headers: {}, chunks, streaming: true };
}
