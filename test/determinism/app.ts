import { App } from 'aws-cdk-lib/core';
import { version } from 'aws-cdk-lib/package.json';
import { everyConstruct } from '../kit/every-construct';
import { ACCOUNT } from '../kit/stack';

// A small app of its own process: the folder of its assembly is its only argument.
const app = new App({ outdir: process.argv[2] });
everyConstruct(app, 'Agnostic');
everyConstruct(app, 'Ireland', { account: ACCOUNT, region: 'eu-west-1' });
app.synth();
process.stdout.write(version);
