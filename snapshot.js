// The subpath cdk-bedrock-haiku/snapshot: a snapshot serializer for jest and vitest.
module.exports = require('./lib/snapshot');
