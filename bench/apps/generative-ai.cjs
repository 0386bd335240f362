// @cdklabs/generative-ai-cdk-constructs.
const { bedrock } = require('@cdklabs/generative-ai-cdk-constructs');

module.exports = (_stack, roles) => {
  const profile = bedrock.CrossRegionInferenceProfile.fromConfig({
    geoRegion: bedrock.CrossRegionInferenceProfileRegion.US,
    model: new bedrock.BedrockFoundationModel('anthropic.claude-haiku-4-5-20251001-v1:0', { supportsCrossRegion: true }),
  });
  roles.forEach((role) => profile.grantInvoke(role));
};
