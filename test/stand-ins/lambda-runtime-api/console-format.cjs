// Lambda's two log formats: what the runtime makes of console.log and its siblings.
'use strict';
const { format } = require('node:util');

const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';

/** In text, a line carries time, request and level; in JSON, the message is a field, so a line of JSON becomes a string. */
exports.patchConsole = (requestId) => {
  for (const [method, level] of Object.entries({ trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' })) {
    console[method] = (message, ...rest) => {
      const timestamp = new Date().toISOString();
      const line = json
        ? JSON.stringify({ timestamp, level, requestId: requestId() ?? '-', message: rest.length === 0 ? plain(message) : format(message, ...rest) })
        : [timestamp, requestId() ?? '-', level, format(message, ...rest)].join('\t');
      process.stdout.write(line.replace(/\n/g, '\r') + '\n');
    };
  }
};

/** A failed start or invocation, as the runtime logs it. */
exports.logError = (what, error) => {
  const asError = error instanceof Error ? error : new Error(String(error));
  if (json) return console.error(asError);
  const { name, message, code, stack } = asError;
  return console.error(what, '\t' + JSON.stringify({ errorType: name, errorMessage: message, code, ...asError, stack: (stack ?? '').split('\n') }));
};

function plain(value) {
  if (!(value instanceof Error)) return value;
  return { errorType: value.constructor.name, errorMessage: value.message, stackTrace: (value.stack ?? '').split('\n'), ...value };
}
