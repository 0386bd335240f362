// The examples first-invocation and eu-residency in Go: one function that calls the model, and roles that stay in the EU.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	haiku "github.com/cdk-bedrock-haiku/cdk-bedrock-haiku-go/cdkbedrockhaiku"
)

var approved = jsii.Strings("eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3")

func newSummariserStack(scope constructs.Construct, id string, env *awscdk.Environment) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, &awscdk.StackProps{Env: env})
	profile := haiku.NewCrossRegionInferenceProfile(stack, jsii.String("Haiku"), &haiku.CrossRegionInferenceProfileProps{
		Routing:        haiku.InferenceRouting_Geo(haiku.Geography_EU()),
		AllowedRegions: approved,
	})
	role := awsiam.NewRole(stack, jsii.String("Summariser"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
	})
	profile.Grants().Invoke(role, nil)
	return stack
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)

	first := awscdk.NewStack(app, jsii.String("FirstInvocation"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-2")},
	})
	invoker := haiku.NewHaikuInvoker(first, jsii.String("Haiku"), &haiku.HaikuInvokerProps{
		MaxTokens:    jsii.Number(1024),
		LockedFields: &[]haiku.LockedField{haiku.LockedField_MAX_TOKENS},
	})
	awscdk.NewCfnOutput(first, jsii.String("FunctionName"), &awscdk.CfnOutputProps{Value: invoker.LambdaFunction().FunctionName()})

	for _, region := range []string{"eu-central-1", "eu-west-1"} {
		newSummariserStack(app, "Summariser-"+region, &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String(region)})
	}

	app.Synth(nil)
}
