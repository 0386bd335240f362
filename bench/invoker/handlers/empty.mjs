// The least that a handler can be: no client, no call.
export const handler = async () => ({ type: 'message' });
export const stream = async (event, out) => void out.end('event: message_stop\ndata: {"type":"message_stop"}\n\n');
