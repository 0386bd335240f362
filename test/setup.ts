// CDK's template validator costs two seconds a file; cdk-validator.test.ts turns it on for itself.
process.env.CDK_VALIDATION ??= 'false';
