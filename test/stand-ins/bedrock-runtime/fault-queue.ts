import type { Call } from './call';
import type { Fault } from './faults';

/** A fault, or a choice by the call: undefined lets it through. */
export type FaultSource = Fault | ((call: Call) => Fault | undefined);

/** Faults waiting for calls: the first goes to the next call, and so on; an empty queue lets every call through. */
export class FaultQueue {
  private readonly waiting: FaultSource[] = [];
  private standing?: FaultSource;

  /** Each fault meets one call. */
  public push(...faults: FaultSource[]): void {
    this.waiting.push(...faults);
  }

  /** Meets every call that the queue has nothing for, until `clear`. */
  public always(fault: FaultSource): void {
    this.standing = fault;
  }

  public clear(): void {
    this.waiting.length = 0;
    this.standing = undefined;
  }

  /** How many have not met a call yet. */
  public get size(): number {
    return this.waiting.length;
  }

  /** What goes wrong with this call. */
  public next(call: Call): Fault {
    const source = this.waiting.shift() ?? this.standing;
    return (typeof source === 'function' ? source(call) : source) ?? {};
  }
}
