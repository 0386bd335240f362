// The limit: Node's own modules, a signature by hand, no library, no checks, no log.
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:https';

const { MODEL_ID, MODEL_REGION: region, AWS_ENDPOINT_URL } = process.env;
const { hostname, port, host } = new URL(AWS_ENDPOINT_URL ?? `https://bedrock-runtime.${region}.amazonaws.com`);
const agent = new Agent({ keepAlive: true });
const id = encodeURIComponent(MODEL_ID);
let derived = { day: '', key: '' };

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

function signingKey(day) {
  if (derived.day !== day) {
    const key = [day, region, 'bedrock', 'aws4_request'].reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`);
    derived = { day, key };
  }
  return derived.key;
}

export function send(event, operation) {
  const body = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 4096, ...event });
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${date.slice(0, 8)}/${region}/bedrock/aws4_request`;
  const hash = sha256(body);
  const token = process.env.AWS_SESSION_TOKEN;
  const names = 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token';
  const canonical = `POST\n/model/${id.replaceAll('%', '%25')}/${operation}\n\ncontent-type:application/json\nhost:${host}\nx-amz-content-sha256:${hash}\nx-amz-date:${date}\nx-amz-security-token:${token}\n\n${names}\n${hash}`;
  const signature = createHmac('sha256', signingKey(date.slice(0, 8))).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).digest('hex');
  const headers = {
    host,
    'content-type': 'application/json',
    'x-amz-content-sha256': hash,
    'x-amz-date': date,
    'x-amz-security-token': token,
    'authorization': `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: `/model/${id}/${operation}`, method: 'POST', headers, agent }, resolve).on('error', reject).end(body);
  });
}

export async function handler(event) {
  const reply = await send(event, 'invoke');
  const chunks = [];
  for await (const chunk of reply) chunks.push(chunk);
  if (reply.statusCode !== 200) throw new Error(`HTTP ${reply.statusCode}`);
  return JSON.parse(Buffer.concat(chunks).toString());
}
