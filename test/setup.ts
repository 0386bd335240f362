// CDK's template validator costs two seconds a file; the tests of it turn it on for themselves.
process.env.CDK_VALIDATION ??= 'false';
