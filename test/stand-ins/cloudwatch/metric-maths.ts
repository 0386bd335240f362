/** One value a period; nothing where there is no data. */
export type Series = ReadonlyArray<number | undefined>;
type Value = number | Series | Value[];

/**
 * CloudWatch's metric maths, as far as this package writes it: a time series, or a number where nothing is a series.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluate(expression: string, series: Record<string, Series>): Series {
  const value = new Parser(expression, series).whole();
  if (!isSeries(value)) throw new Error(`${expression} gives no time series`);
  return value;
}

function isSeries(value: Value): value is Series {
  return Array.isArray(value) && value.every((item) => item === undefined || typeof item === 'number');
}

/** A list of series, written in brackets. */
class List {
  constructor(readonly items: Value[]) {}
}

const FUNCTIONS: Record<string, (args: Array<Value | List>) => Value> = {
  // Of a list: at each time, of those that have a value.
  SUM([list]) {
    if (!(list instanceof List)) throw new Error('SUM of one series is a number, which no widget or alarm here wants');
    return zip(list.items, (values) => {
      const known = values.filter((value) => value !== undefined);
      return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
    });
  },
  IF([condition, yes, no]) {
    return zip([condition, yes, no] as Value[], ([test, then, otherwise]) => test === undefined ? undefined : test !== 0 ? then : otherwise);
  },
};

const OPERATORS: Record<string, (left: number, right: number) => number | undefined> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => right === 0 ? undefined : left / right,
  '>=': (left, right) => Number(left >= right),
  '>': (left, right) => Number(left > right),
};

/** What an operator makes of each time: nothing, where either side has nothing. */
function zip(values: Value[], combine: (at: Array<number | undefined>) => number | undefined): Series {
  const length = Math.max(...values.map((value) => Array.isArray(value) ? value.length : 0));
  return Array.from({ length }, (_, index) => combine(values.map((value) => Array.isArray(value) ? (value as Series)[index] : value as number)));
}

class Parser {
  private readonly tokens: string[];

  constructor(expression: string, private readonly series: Record<string, Series>) {
    this.tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|>=|[-+*/()[\],>]/g) ?? [];
    if (this.tokens.join('') !== expression.replace(/\s/g, '')) throw new Error(`Not understood: ${expression}`);
  }

  whole(): Value {
    const value = this.binary(0);
    if (this.tokens.length > 0) throw new Error(`Left over: ${this.tokens.join(' ')}`);
    return value as Value;
  }

  private binary(level: number): Value | List {
    const operators = [['>=', '>'], ['+', '-'], ['*', '/']][level];
    if (!operators) return this.primary();
    let left = this.binary(level + 1);
    while (operators.includes(this.tokens[0])) {
      const operator = OPERATORS[this.tokens.shift()!];
      const right = this.binary(level + 1) as Value;
      left = typeof left === 'number' && typeof right === 'number' ? operator(left, right) ?? NaN
        : zip([left as Value, right], ([one, other]) => one === undefined || other === undefined ? undefined : operator(one, other));
    }
    return left;
  }

  private primary(): Value | List {
    const token = this.tokens.shift();
    if (token === undefined) throw new Error('The expression ends too early');
    if (token === '(') return this.closed(')')[0];
    if (token === '[') return new List(this.closed(']') as Value[]);
    if (/^\d/.test(token)) return Number(token);
    if (this.tokens[0] === '(') {
      this.tokens.shift();
      const made = FUNCTIONS[token];
      if (!made) throw new Error(`No such function: ${token}`);
      return made(this.closed(')'));
    }
    if (!(token in this.series)) throw new Error(`No such metric: ${token}`);
    return this.series[token];
  }

  private closed(end: string): Array<Value | List> {
    const values = [this.binary(0)];
    while (this.tokens[0] === ',') {
      this.tokens.shift();
      values.push(this.binary(0));
    }
    if (this.tokens.shift() !== end) throw new Error(`"${end}" is missing`);
    return values;
  }
}
