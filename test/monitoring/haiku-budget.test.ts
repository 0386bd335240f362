import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CostTag, HaikuBudget, HaikuBudgetProps } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const TAGS = [CostTag.resource('team', 'search')];

test('a budget counts what is tagged, and tells before it is spent', () => {
  const stack = stackIn('eu-west-1');
  const topic = new Topic(stack, 'Topic');
  new HaikuBudget(stack, 'Budget', { monthlyDollars: 500, tags: [...TAGS, CostTag.iamPrincipal('team', 'search')], emails: ['team@example.com'], topic });
  const Subscribers = [{ SubscriptionType: 'EMAIL', Address: 'team@example.com' }, { SubscriptionType: 'SNS', Address: { Ref: 'TopicBFC7AF6E' } }];
  Template.fromStack(stack).hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 500, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:team$search', 'iamPrincipal/team$search'] },
    },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 80, ThresholdType: 'PERCENTAGE' }, Subscribers },
      { Notification: { NotificationType: 'FORECASTED', ComparisonOperator: 'GREATER_THAN', Threshold: 100, ThresholdType: 'PERCENTAGE' }, Subscribers },
    ],
  });
});

test.each<[string, HaikuBudgetProps, string]>([
  ['no dollars', { monthlyDollars: 0, tags: TAGS, emails: ['a@example.com'] }, 'monthlyDollars is out of range, got 0; expected US dollars above 0. Change it.'],
  ['no tag', { monthlyDollars: 1, tags: [], emails: ['a@example.com'] }, 'tags is empty, and the budget would count the whole account. Pass at least one CostTag.'],
  ['nobody', { monthlyDollars: 1, tags: TAGS }, 'HaikuBudget tells nobody. Pass emails or a topic.'],
  ['eleven addresses', { monthlyDollars: 1, tags: TAGS, emails: Array<string>(11).fill('a@example.com') },
    'emails has 11 addresses; AWS Budgets takes at most 10. Pass a topic to tell more people.'],
])('a budget with %s is refused', (_, props, message) => {
  expect(thrown(() => new HaikuBudget(stackIn('eu-west-1'), 'Budget', props))).toBe(message);
});

test('a tag that would name another one is refused', () => {
  expect(thrown(() => CostTag.resource('team$search', 'x'))).toBe('key of a cost tag is not text, got "team$search"; expected the key of the tag, without "$". Change it.');
});
