// Geo EU from a stack in us-east-1: synthesis stops, and says what to do.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	haiku "github.com/cdk-bedrock-haiku/cdk-bedrock-haiku-go/cdkbedrockhaiku"
)

func main() {
	defer jsii.Close()
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Virginia"), &awscdk.StackProps{
		Env: &awscdk.Environment{Region: jsii.String("us-east-1")},
	})
	haiku.NewCrossRegionInferenceProfile(stack, jsii.String("Haiku"), &haiku.CrossRegionInferenceProfileProps{
		Routing: haiku.InferenceRouting_Geo(haiku.Geography_EU()),
	})
}
