package example;

import io.github.cdkbedrockhaiku.CrossRegionInferenceProfile;
import io.github.cdkbedrockhaiku.Geography;
import io.github.cdkbedrockhaiku.InferenceRouting;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/** Geo EU from a stack in us-east-1: synthesis stops, and says what to do. */
public final class WrongRegion {
    public static void main(final String[] args) {
        Stack stack = new Stack(new software.amazon.awscdk.App(), "Virginia", StackProps.builder()
                .env(Environment.builder().region("us-east-1").build())
                .build());
        CrossRegionInferenceProfile.Builder.create(stack, "Haiku").routing(InferenceRouting.geo(Geography.EU)).build();
    }

    private WrongRegion() {
    }
}
