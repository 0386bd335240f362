package example;

import io.github.cdkbedrockhaiku.HaikuInvoker;
import io.github.cdkbedrockhaiku.LockedField;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/** The examples first-invocation and eu-residency in Java: one function that calls the model, and roles that stay in the EU. */
public final class App {
    public static void main(final String[] args) {
        software.amazon.awscdk.App app = new software.amazon.awscdk.App();

        Stack first = new Stack(app, "FirstInvocation", StackProps.builder()
                .env(Environment.builder().region("eu-west-2").build())
                .build());
        HaikuInvoker invoker = HaikuInvoker.Builder.create(first, "Haiku")
                .maxTokens(1024)
                .lockedFields(List.of(LockedField.MAX_TOKENS))
                .build();
        CfnOutput.Builder.create(first, "FunctionName").value(invoker.getLambdaFunction().getFunctionName()).build();

        for (String region : List.of("eu-central-1", "eu-west-1")) {
            new SummariserStack(app, "Summariser-" + region, StackProps.builder()
                    .env(Environment.builder().account("111122223333").region(region).build())
                    .build());
        }

        app.synth();
    }

    private App() {
    }
}
