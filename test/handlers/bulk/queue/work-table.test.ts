import { expressionsOf } from '../../../../src/handlers/bulk/queue/work-table';

test('a change is written as DynamoDB wants it: names by an alias, values by a placeholder', () => {
  expect(expressionsOf({
    set: { lease: 7 }, add: { begun: 1, names: ['a'] }, remove: ['result'], when: { result: 'absent', lease: { orAbsent: true, below: 5 }, tokens: { atLeast: 1, atMost: 2 } },
  })).toEqual({
    UpdateExpression: 'SET #lease = :v0 ADD #begun :v1, #names :v2 REMOVE #result',
    ConditionExpression: 'attribute_not_exists(#result) AND (attribute_not_exists(#lease) OR #lease < :v3) AND #tokens <= :v4 AND #tokens >= :v5',
    ExpressionAttributeNames: { '#lease': 'lease', '#begun': 'begun', '#names': 'names', '#result': 'result', '#tokens': 'tokens' },
    ExpressionAttributeValues: { ':v0': { N: '7' }, ':v1': { N: '1' }, ':v2': { SS: ['a'] }, ':v3': { N: '5' }, ':v4': { N: '2' }, ':v5': { N: '1' } },
  });
});

test('what is not asked for is not written', () => {
  expect(expressionsOf({ remove: ['lease'] })).toEqual({ UpdateExpression: 'REMOVE #lease', ExpressionAttributeNames: { '#lease': 'lease' } });
});
