// @aws-cdk/aws-bedrock-alpha, the wider of its two grants: the other one denies the destination Regions.
const { BedrockFoundationModel, CrossRegionInferenceProfile, CrossRegionInferenceProfileRegion } = require('@aws-cdk/aws-bedrock-alpha');

module.exports = (_stack, roles) => {
  const profile = CrossRegionInferenceProfile.fromConfig({
    geoRegion: CrossRegionInferenceProfileRegion.US,
    model: BedrockFoundationModel.ANTHROPIC_CLAUDE_HAIKU_4_5_V1_0,
  });
  roles.forEach((role) => profile.grantInvoke(role));
};
