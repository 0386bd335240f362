import { isJson, Json, objectsIn } from './json';
import { Refusal } from './refusal';

const MAX_BLOCKS = 4;

/** The blocks that end a cached prefix, in the order in which the model reads them: tools, system, messages. */
export function cacheControls(body: Json): Json[] {
  const blocks = [
    ...objectsIn(body.tools),
    ...objectsIn(body.system),
    ...objectsIn(body.messages).flatMap((message) => objectsIn(message.content)),
  ];
  return blocks.map((block) => block.cache_control).filter(isJson);
}

/** Throws what the model answers to a checkpoint on what cannot carry one. */
function checkCarriers(body: Json): void {
  for (const { name, defer_loading: later, cache_control: control } of objectsIn(body.tools)) {
    if (later === true && isJson(control)) {
      throw Refusal.validation(
        `Tool '${String(name)}' cannot have both defer_loading=true and cache_control set. Tools with defer_loading cannot use prompt caching.`);
    }
  }
  const blocks = [...objectsIn(body.system), ...objectsIn(body.messages).flatMap(({ content }) => objectsIn(content))];
  for (const { type, text, cache_control: control } of blocks) {
    if (!isJson(control)) continue;
    if (/thinking$/.test(String(type))) throw Refusal.validation(`${String(type)}.cache_control: Extra inputs are not permitted`);
    if (typeof text === 'string' && text.trim() === '') throw Refusal.validation('cache_control cannot be set for empty text blocks');
  }
}

/** Throws what the model answers to more cache checkpoints than it takes, or to a longer one after a shorter one. */
export function checkCacheControl(body: Json): void {
  checkCarriers(body);
  const controls = cacheControls(body);
  if (controls.length > MAX_BLOCKS) {
    throw Refusal.validation(`A maximum of ${MAX_BLOCKS} blocks with cache_control may be provided. Found ${controls.length}.`);
  }
  const ttls = controls.map((control) => control.ttl ?? '5m');
  for (const ttl of ttls) {
    if (ttl !== '5m' && ttl !== '1h') throw Refusal.validation("cache_control.ephemeral.ttl: Input should be '5m' or '1h'");
  }
  if (ttls.lastIndexOf('1h') > ttls.indexOf('5m') && ttls.includes('5m')) {
    throw Refusal.validation('a ttl=\'1h\' cache_control block must not come after a ttl=\'5m\' cache_control block.');
  }
}
