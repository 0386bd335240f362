import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { brand, FACTORY, isBranded, onlyByFactory } from '../private/brand';
import { HaikuError, isDeployTimeValue, shown } from '../private/errors';
import { checkKinds, listOf, NUMBER, objectOf, objectWith, PropKinds, required, TEXT } from '../private/prop-kind';

/**
 * Which costs a budget counts, by a cost allocation tag. A tag counts from the day on which it was activated in the billing console.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html
 */
export class CostTag {
  /** Costs of what is tagged so, for example of an application inference profile. */
  public static resource(tagKey: string, tagValue: string): CostTag {
    return new CostTag(FACTORY, `user:${checkedPart('key', tagKey)}$${checkedPart('value', tagValue)}`);
  }

  /**
   * Costs of the calls of IAM roles and users that are tagged so.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cost-mgmt-iam-principal-tracking.html
   */
  public static iamPrincipal(tagKey: string, tagValue: string): CostTag {
    return new CostTag(FACTORY, `iamPrincipal/${checkedPart('key', tagKey)}$${checkedPart('value', tagValue)}`);
  }

  private constructor(
    caller: symbol,
    /** @internal */
    public readonly _value: string,
  ) {
    onlyByFactory(caller, 'CostTag', 'CostTag.resource(...) or CostTag.iamPrincipal(...)');
  }
}

brand(CostTag, 'CostTag');

/**
 * A budget, and who is told of it.
 */
export interface HaikuBudgetProps {
  /**
   * US dollars a month.
   */
  readonly monthlyDollars: number;

  /**
   * The costs that count, each tag of which adds its own. A budget without one would count the whole account.
   */
  readonly tags: CostTag[];

  /**
   * E-mail addresses that are told at 80 per cent, and when the forecast is above the budget. AWS takes ten.
   *
   * @default - none
   */
  readonly emails?: string[] | undefined;

  /**
   * A topic that is told of the same. Its policy must let `budgets.amazonaws.com` publish.
   *
   * @default - none
   */
  readonly topic?: ITopic | undefined;
}

const BUDGET: PropKinds<HaikuBudgetProps> = {
  monthlyDollars: required(NUMBER),
  tags: required(listOf(objectOf('CostTag', '', ['_value']), 'a list of CostTag', 'a list such as [CostTag.resource("team", "search")]')),
  emails: listOf(TEXT, 'a list of addresses', 'a list of strings'),
  topic: objectWith('a topic', 'an sns.Topic', ['topicArn']),
};

/**
 * A budget of AWS Budgets for what calls are billed, by tags: the bill itself, a day late, where the alarms on spending of `HaikuAlarms` are a
 * calculation, minutes late.
 *
 * Creates the budget, which is free. It tells at 80 per cent of the month's dollars, and when the forecast is above them.
 *
 * Throws if there is nobody to tell, or no tag to count by.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
 */
export class HaikuBudget extends Construct {
  /** Whether a value is a HaikuBudget, also one of another installed copy of this package. */
  public static isHaikuBudget(value: unknown): value is HaikuBudget {
    return isBranded(value, 'HaikuBudget');
  }

  constructor(scope: Construct, id: string, props: HaikuBudgetProps) {
    super(scope, id);
    checkKinds('HaikuBudget', props, BUDGET);
    const { monthlyDollars, tags, emails = [], topic } = props;
    if (!isDeployTimeValue(monthlyDollars) && !(monthlyDollars > 0 && monthlyDollars < Infinity)) {
      throw new HaikuError(`monthlyDollars is out of range, got ${shown(monthlyDollars)}; expected US dollars above 0. Change it.`);
    }
    if (tags.length === 0) throw new HaikuError('tags is empty, and the budget would count the whole account. Pass at least one CostTag.');
    if (isDeployTimeValue(emails)) throw new HaikuError('emails is a list that is known only at deploy time. Pass literal addresses, or a topic.');
    if (emails.length > 10) throw new HaikuError(`emails has ${emails.length} addresses; AWS Budgets takes at most 10. Pass a topic to tell more people.`);
    const subscribers = [
      ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
      ...topic ? [{ subscriptionType: 'SNS', address: topic.topicArn }] : [],
    ];
    if (subscribers.length === 0) throw new HaikuError('HaikuBudget tells nobody. Pass emails or a topic.');
    const notification = (notificationType: string, threshold: number) =>
      ({ notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' }, subscribers });
    new CfnBudget(this, 'Resource', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyDollars, unit: 'USD' },
        costFilters: { TagKeyValue: tags.map(({ _value }) => _value) },
      },
      notificationsWithSubscribers: [notification('ACTUAL', 80), notification('FORECASTED', 100)],
    });
  }
}

brand(HaikuBudget, 'HaikuBudget');

function checkedPart(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && !value.includes('$')) return value;
  throw new HaikuError(`${name} of a cost tag is not text, got ${shown(value)}; expected the ${name} of the tag, without "$". Change it.`);
}
