// What loading a package costs after aws-cdk-lib: `node require.cjs <package> [every]`. With `every`, each of its exports is read as well.
require('aws-cdk-lib');

const [wanted, every] = process.argv.slice(2);
const before = Object.keys(require.cache).length;
const start = process.hrtime.bigint();
const loaded = require(wanted);
if (every) Object.values(loaded);
const load = Number(process.hrtime.bigint() - start) / 1e6;
const files = Object.keys(require.cache).length - before;
require('./cost.cjs').print({ load, files });
