// The cards of this release, the default one first. Each is loaded when it is used.
export { CLAUDE_HAIKU_4_5 } from './claude-haiku-4-5/card';
export { CLAUDE_HAIKU_5_5 } from './claude-haiku-5-5/card';
export { CLAUDE_SONNET_4_5 } from './claude-sonnet-4-5/card';
export { CLAUDE_SONNET_4_6 } from './claude-sonnet-4-6/card';
export { CLAUDE_SONNET_5 } from './claude-sonnet-5/card';
export { CLAUDE_SONNET_5_5 } from './claude-sonnet-5-5/card';
export { CLAUDE_OPUS_4_5 } from './claude-opus-4-5/card';
export { CLAUDE_OPUS_4_6 } from './claude-opus-4-6/card';
export { CLAUDE_OPUS_4_7 } from './claude-opus-4-7/card';
export { CLAUDE_OPUS_4_8 } from './claude-opus-4-8/card';
export { CLAUDE_OPUS_5 } from './claude-opus-5/card';
export { CLAUDE_OPUS_5_5 } from './claude-opus-5-5/card';
