import { hash } from 'node:crypto';

/**
 * Which IDs have come already, in 8 bytes or so for each where a Set takes a hundred: of each ID only 64 bits are kept. Among ten
 * million different IDs the chance that two are taken for one is about one in three hundred thousand; the set is then refused, and no
 * record is lost.
 */
export class SeenIds {
  private slots = new Uint32Array(2048);
  private count = 0;

  /** Keeps the ID; false if it was there. */
  add(id: string): boolean {
    const [low, high] = bitsOf(id);
    if (!insert(this.slots, low, high)) return false;
    this.count++;
    // Two numbers an entry, and at most seven entries in ten places.
    if (this.count * 20 > this.slots.length * 7) this.grow();
    return true;
  }

  private grow(): void {
    const { slots } = this;
    const larger = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at] !== 0 || slots[at + 1] !== 0) insert(larger, slots[at], slots[at + 1]);
    }
    this.slots = larger;
  }
}

/** False where it was there. Two zeros mark an empty place. */
function insert(slots: Uint32Array, low: number, high: number): boolean {
  for (let at = low * 2 % slots.length; ; at = (at + 2) % slots.length) {
    if (slots[at] === low && slots[at + 1] === high) return false;
    if (slots[at] !== 0 || slots[at + 1] !== 0) continue;
    slots[at] = low;
    slots[at + 1] = high;
    return true;
  }
}

function bitsOf(id: string): [number, number] {
  const digest = hash('sha1', id, 'buffer');
  return [digest.readUInt32LE(0), Math.max(digest.readUInt32LE(4), 1)];
}
