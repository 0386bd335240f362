import type { HaikuInvokerProps } from './haiku-invoker-props';
import { InvokerApi } from './invoker-api';
import { HaikuError } from '../private/errors';

/** Whether the function streams its answers: because it is asked to, or because its function URL does. */
export function streamsAnswers({ responseStreaming, functionUrl }: HaikuInvokerProps): boolean {
  return responseStreaming ?? functionUrl?.streams ?? false;
}

/** Refuses what cannot stream, and a function URL that would invoke the function in another way than it answers. */
export function checkResponseStreaming({ api, responseStreaming, functionUrl }: HaikuInvokerProps): void {
  if (responseStreaming === false && functionUrl?.streams) {
    throw new HaikuError(
      'responseStreaming does not fit functionUrl, got false with InvokerFunctionUrl.streaming(); expected true, since that function URL streams. '
      + 'Leave responseStreaming out, or use InvokerFunctionUrl.buffered().');
  }
  if (responseStreaming && functionUrl && !functionUrl.streams) {
    throw new HaikuError(
      'responseStreaming does not fit functionUrl, got true with InvokerFunctionUrl.buffered(); expected InvokerFunctionUrl.streaming(), '
      + 'since a buffered function URL invokes the function in a way in which it cannot stream. '
      + 'Use InvokerFunctionUrl.streaming(), whose callers get the answer whole unless they ask for a stream, or leave responseStreaming out.');
  }
  if (api !== InvokerApi.CONVERSE) return;
  if (functionUrl?.streams) {
    throw new HaikuError(
      'functionUrl cannot stream in the Converse dialect, got InvokerFunctionUrl.streaming() with InvokerApi.CONVERSE; '
      + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or use InvokerFunctionUrl.buffered().');
  }
  if (responseStreaming) {
    throw new HaikuError(
      'responseStreaming is not available in the Converse dialect, got true with InvokerApi.CONVERSE; '
      + 'expected InvokerApi.MESSAGES, whose server-sent events are what streams. Leave api out, or leave responseStreaming out.');
  }
}
