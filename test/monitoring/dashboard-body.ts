import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { evaluate, Series } from '../stand-ins/cloudwatch/metric-maths';

/** A widget, as CloudWatch reads it. What is known only at deploy time is text such as `{Function}`. */
export interface Widget {
  readonly type: 'metric' | 'text' | 'log';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly query?: string; readonly metrics?: unknown[][] };
}

/** One line of a graph: a metric, or maths over hidden ones. */
export interface Line {
  readonly namespace?: string;
  readonly metric?: string;
  readonly dimensions?: Record<string, string>;
  readonly expression?: string;
  readonly id?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly visible?: boolean;
}

/** The widgets of the one dashboard of a stack. */
export function widgetsOf(stack: Stack): Widget[] {
  const [{ Properties: { DashboardBody: body } }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')) as Array<{ Properties: { DashboardBody: unknown } }>;
  return (JSON.parse(deployed(body)) as { widgets: Widget[] }).widgets;
}

/** As if it were deployed: a reference becomes its logical ID. */
function deployed(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref: ref, 'Fn::GetAtt': attribute } = value as { 'Fn::Join'?: [string, unknown[]]; 'Ref'?: string; 'Fn::GetAtt'?: string[] };
  if (join) return join[1].map(deployed).join(join[0]);
  if (attribute) return attribute.join('.');
  return ref ?? JSON.stringify(value).replace(/"/g, '\\"');
}

/** The lines of a widget, those that only stand in maths among them. */
export function linesOf({ properties: { metrics = [] } }: Widget): Line[] {
  return metrics.map((line) => {
    const [first] = line;
    if (typeof first === 'object') return first as Line;
    const last = line.at(-1);
    const [namespace, metric, ...dimensions] = (typeof last === 'object' ? line.slice(0, -1) : line) as string[];
    const pairs = dimensions.flatMap((name, index) => index % 2 === 0 ? [[name, dimensions[index + 1]]] : []);
    return { namespace, metric, dimensions: Object.fromEntries(pairs) as Record<string, string>, ...typeof last === 'object' ? last as Line : {} };
  });
}

/** What a line of maths shows, where each metric has the values that `data` gives. */
export function shownBy(widget: Widget, label: string, data: (line: Line) => Series): Series {
  const lines = linesOf(widget);
  const { expression } = lines.find((line) => line.label === label) ?? {};
  if (expression === undefined) throw new Error(`${widget.properties.title} has no maths called ${label}, but ${lines.map((line) => line.label).join(', ')}`);
  return evaluate(expression, Object.fromEntries(lines.filter(({ id, metric }) => id && metric).map((line) => [line.id!, data(line)])));
}
