/** What the same work cost in several runs. */
export class Samples {
  private readonly ascending: number[];

  constructor(values: number[]) {
    if (values.length === 0) throw new Error('No samples, got []; expected at least one run.');
    this.ascending = [...values].sort((a, b) => a - b);
  }

  public get median(): number {
    const middle = this.ascending.length / 2;
    return (this.ascending[Math.ceil(middle) - 1] + this.ascending[Math.floor(middle)]) / 2;
  }

  public get least(): number { return this.ascending[0]; }

  public get most(): number { return this.ascending[this.ascending.length - 1]; }

  /** The same samples in a unit that is so many times as large. */
  public in(unit: number): Samples { return new Samples(this.ascending.map((value) => value / unit)); }

  /** `0.45 (0.43 to 0.52)`: the median, and between which runs it lies. */
  public toString(digits: number = 2): string {
    return `${this.median.toFixed(digits)} (${this.least.toFixed(digits)} to ${this.most.toFixed(digits)})`;
  }
}

/** The differences between two series that were measured in the same rounds. */
export function differences(of: number[], over: number[]): number[] {
  return of.map((value, round) => value - over[round]);
}
