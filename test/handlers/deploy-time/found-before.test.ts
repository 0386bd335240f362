import { foundBefore, physicalIdOf } from '../../../src/handlers/deploy-time/found-before';

test('the longest usual configuration fits into a physical ID and comes back', () => {
  const config = {
    cloudWatchConfig: { logGroupName: `/aws/bedrock/${'a1b2'.repeat(30)}`, roleArn: `arn:aws:iam::111122223333:role/${'r9'.repeat(32)}` },
    s3Config: { bucketName: 'b7'.repeat(31), keyPrefix: 'p/q'.repeat(40) },
    textDataDeliveryEnabled: true,
  };
  const id = physicalIdOf(config);
  expect(id.length).toBeLessThanOrEqual(1024);
  expect(foundBefore(id)).toEqual(config);
});

test('that nothing was there comes back too', () => {
  expect(physicalIdOf(undefined)).toBe('model-invocation-logging:none');
  expect(foundBefore('model-invocation-logging:none')).toBeUndefined();
});

test('a configuration that does not fit is refused before anything is changed', () => {
  const keyPrefix = Array.from({ length: 1000 }, (_, index) => String.fromCharCode(33 + (index * 7919) % 90)).join('') + Buffer.from('é'.repeat(3)).toString('hex');
  const noise = Array.from({ length: 40 }, (_, index) => (index * 2654435761).toString(36)).join('');
  expect(() => physicalIdOf({ s3Config: { bucketName: noise, keyPrefix: keyPrefix + noise + [...noise].reverse().join('') + noise.toUpperCase() } })).toThrow(new Error(
    'The model invocation logging configuration that is there is too long to be kept for later. Delete it first, and deploy again.'));
});

test('an ID of something else is refused', () => {
  expect(() => foundBefore('nothing-done')).toThrow(new Error('The physical ID is not one of this resource: nothing-done'));
});
