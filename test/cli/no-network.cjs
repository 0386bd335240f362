// Ends a process that tries to open a connection.
const net = require('node:net');

net.Socket.prototype.connect = () => {
  process.stderr.write('This command opened a connection.\n');
  process.exit(99);
};
