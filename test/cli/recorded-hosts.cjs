// Writes the name of each host that the process looks up to stderr, and finds none of them.
const dns = require('node:dns');

dns.lookup = (host, options, callback) => {
  process.stderr.write(`host ${host}\n`);
  process.nextTick(callback ?? options, Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
};
