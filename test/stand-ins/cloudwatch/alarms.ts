import { evaluate, Series } from './metric-maths';

/** A metric as a template names it. */
export interface MetricAsked {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Record<string, unknown>;
  readonly stat: string;
  /** In seconds. */
  readonly period: number;
}

/** Gives what CloudWatch has of a metric, a value for each period. */
export type Data = (metric: MetricAsked) => Series;

/** An alarm of a template, by what is read of it here. */
export interface AlarmProperties {
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Dimensions?: TemplateMetric['Dimensions'];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Metrics?: ReadonlyArray<{
    readonly Id: string;
    readonly Expression?: string;
    readonly ReturnData?: boolean;
    readonly MetricStat?: { readonly Metric: TemplateMetric; readonly Stat: string; readonly Period: number };
  }>;
  readonly Threshold?: number;
  readonly ThresholdMetricId?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
}

interface TemplateMetric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: unknown }>;
}

/** How long one value of an alarm is measured for, in seconds. */
export function periodOf({ Period, Metrics = [] }: AlarmProperties): number {
  return Period ?? Metrics.find(({ MetricStat }) => MetricStat)!.MetricStat!.Period;
}

/** The periods at whose end an alarm is in ALARM. */
export function raisedAt(alarm: AlarmProperties, data: Data): number[] {
  const { EvaluationPeriods: last, DatapointsToAlarm: needed = last, TreatMissingData: missing } = alarm;
  if (missing !== 'notBreaching') throw new Error(`Missing data is treated as ${missing}`);
  const { values, thresholds } = measured(alarm, data);
  const breaching = values.map((value, index) => value !== undefined && thresholds[index] !== undefined && value > thresholds[index]);
  return breaching.flatMap((_, index) => breaching.slice(Math.max(0, index + 1 - last), index + 1).filter(Boolean).length >= needed ? [index] : []);
}

/** What an alarm compares with its threshold, and the threshold, which a band may be. */
function measured(alarm: AlarmProperties, data: Data): { values: Series; thresholds: Series } {
  const period = periodOf(alarm);
  const fixed = (values: Series) => ({ values, thresholds: values.map(() => alarm.Threshold) });
  if (!alarm.Metrics) return fixed(data(asked(alarm, alarm.Statistic ?? alarm.ExtendedStatistic!, period)));
  const series = Object.fromEntries(alarm.Metrics.flatMap(({ Id, MetricStat: stat }) =>
    stat ? [[Id, data(asked(stat.Metric, stat.Stat, stat.Period))]] : []));
  const { Id: id, Expression: expression } = alarm.Metrics.find(({ ReturnData, Expression }) => ReturnData !== false || Expression)!;
  if (alarm.ThresholdMetricId !== undefined) {
    const { Expression: band = '' } = alarm.Metrics.find(({ Id }) => Id === alarm.ThresholdMetricId)!;
    const [, of, deviations] = /^ANOMALY_DETECTION_BAND\((\w+), (\d+)\)$/.exec(band)!;
    return { values: series[of], thresholds: upperBand(series[of], Number(deviations), period) };
  }
  return fixed(expression === undefined ? series[id] : evaluate(expression, series));
}

function asked({ Namespace, MetricName, Dimensions = [] }: TemplateMetric, stat: string, period: number): MetricAsked {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return { namespace: Namespace!, name: MetricName!, dimensions, stat, period };
}

/**
 * A stand-in for CloudWatch's own model, of which AWS says that it follows up to two weeks by hour, day and week: mean and deviation of the
 * values at this time of day, half an hour before and after, in the last fourteen days. Nothing before there are three of them.
 */
function upperBand(values: Series, deviations: number, period: number): Series {
  const day = 86_400 / period;
  const around = Math.round(1800 / period);
  return values.map((_, index) => {
    const known: number[] = [];
    for (let back = 1; back <= 14 && index - back * day >= 0; back++) {
      for (let at = index - back * day - around; at <= index - back * day + around; at++) {
        const value = values[at];
        if (value !== undefined) known.push(value);
      }
    }
    if (known.length < 3 * (2 * around + 1)) return undefined;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
    return mean + deviations * Math.sqrt(variance);
  });
}
