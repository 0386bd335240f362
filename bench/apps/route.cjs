// Judges one Region choice many times: `node --expose-gc route.cjs <package> <rows>`, with a card of so many geo rows.
const { Geography, InferenceRouter, InferenceRouting, ModelCard } = require(process.argv[2]);

const rows = Number(process.argv[3]);
const [row] = ModelCard.CLAUDE_HAIKU_4_5.geoRoutes;
const destinationRegions = ['us-east-1', 'us-east-2', 'us-west-2'];
const regions = ['us', 'eu', 'ap', 'sa', 'ca', 'af', 'me', 'il', 'mx', 'cn'].flatMap((area) =>
  ['north', 'south', 'east', 'west', 'central', 'northeast', 'northwest', 'southeast', 'southwest'].flatMap((side) =>
    Array.from({ length: 9 }, (_, i) => `${area}-${side}-${i + 1}`)));
const added = regions.filter((region) => region !== 'us-east-1').slice(0, rows - 1);
const card = ModelCard.of({
  name: 'Many Regions', modelId: 'anthropic.many-regions-v1:0', sourceUrl: row.sourceUrl, asOf: row.asOf,
  geoRoutes: ['us-east-1', ...added].map((sourceRegion) => (
    { ...row, geography: Geography.US, sourceRegion, destinationRegions: [...new Set([sourceRegion, ...destinationRegions])] })),
});
const routing = InferenceRouting.geo(Geography.US);
const judge = (times) => {
  for (let i = 0; i < times; i++) {
    if (!InferenceRouter.route({ model: card, routing, sourceRegion: 'us-east-1', allowedRegions: destinationRegions }).route) throw new Error('no route');
  }
};

judge(50_000);
const times = 50_000;
const spent = [];
const held = [];
for (let round = 0; round < 5; round++) {
  const start = process.hrtime.bigint();
  judge(times);
  spent.push(Number(process.hrtime.bigint() - start) / 1000 / times);
  gc();
  const before = process.memoryUsage().heapUsed;
  // So few that the garbage collector does not come between.
  judge(250);
  held.push((process.memoryUsage().heapUsed - before) / 250);
}
const least = (values) => Math.min(...values);
require('./cost.cjs').print({ microseconds: least(spent), bytes: least(held), rows: card.geoRoutes.length });
