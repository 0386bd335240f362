// This library, from its packed tarball.
const { CrossRegionInferenceProfile } = require('cdk-bedrock-haiku');

module.exports = (stack, roles) => {
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  roles.forEach((role) => haiku.grants.invoke(role));
};
