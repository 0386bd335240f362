import { InvokerError, InvokerErrorName } from '../../../../src/handlers/invoke/failures/errors';
import { CallRecord } from '../../../../src/handlers/invoke/log/call-record';
import { levelOf, LogLevels } from '../../../../src/handlers/invoke/log/log-level';

const NAMES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
const NOW = Date.parse('2026-01-02T03:04:05.678Z');

function failed(name?: InvokerErrorName): CallRecord {
  return Object.assign(new CallRecord({ source: 'direct', deadline: 0 }, 0), { error: name && new InvokerError(name, 'Why.') });
}

test.each([
  [undefined, 'INFO'], ['InvalidRequestError', 'WARN'], ['RateLimitError', 'WARN'], ['AccessDeniedError', 'ERROR'], ['ConnectionError', 'ERROR'], ['OverloadedError', 'ERROR'],
] as const)('a call that ended with %s has the level %s', (name, level) => {
  expect(levelOf(failed(name))).toBe(level);
});

test.each(NAMES)('with the level %s Lambda lets through what it says it does, and always the lowest that passes', (filter) => {
  const levels = new LogLevels({ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: filter });
  expect(NAMES.filter((level) => levels.passes(level))).toEqual(NAMES.slice(NAMES.indexOf(filter)));
  expect(levels.lowest(NOW)).toEqual({ timestamp: '2026-01-02T03:04:05.678Z', level: filter });
  expect(levels.fields('WARN', NOW)).toEqual({ timestamp: '2026-01-02T03:04:05.678Z', level: 'WARN' });
});

test('under the text format lines have no level, and all pass', () => {
  for (const env of [{}, { AWS_LAMBDA_LOG_FORMAT: 'Text', AWS_LAMBDA_LOG_LEVEL: 'FATAL' }]) {
    const levels = new LogLevels(env);
    expect([levels.passes('TRACE'), levels.fields('ERROR', NOW), levels.lowest(NOW)]).toEqual([true, {}, {}]);
  }
});

test('a filter that Lambda does not name drops nothing', () => {
  const levels = new LogLevels({ AWS_LAMBDA_LOG_FORMAT: 'JSON' });
  expect([levels.passes('TRACE'), levels.fields('INFO', NOW).level, levels.lowest(NOW).level]).toEqual([true, 'FATAL', 'FATAL']);
});
