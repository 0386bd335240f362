// The subpath cdk-bedrock-haiku/testing: runs the ladder of a HaikuInvoker in unit tests.
module.exports = require('./lib/testing');
