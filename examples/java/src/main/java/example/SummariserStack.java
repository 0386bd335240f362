package example;

import io.github.cdkbedrockhaiku.CrossRegionInferenceProfile;
import io.github.cdkbedrockhaiku.Geography;
import io.github.cdkbedrockhaiku.InferenceRouting;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** A role that may call the model in the Regions that the data protection officer has approved. */
final class SummariserStack extends Stack {
    private static final List<String> APPROVED =
            List.of("eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3");

    SummariserStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);
        CrossRegionInferenceProfile haiku = CrossRegionInferenceProfile.Builder.create(this, "Haiku")
                .routing(InferenceRouting.geo(Geography.EU))
                .allowedRegions(APPROVED)
                .build();
        Role role = Role.Builder.create(this, "Summariser")
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                .build();
        haiku.getGrants().invoke(role);
    }
}
