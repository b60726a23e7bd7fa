/**
 * The batches of one request: what all resolutions of a field ask of a Lambda function goes together.
 * A batch is sent as soon as nobody can join it any more: no resolution of the field itself is on its way to asking, and none of the fields
 * around it, whose answers would bring more of them. Fields elsewhere in the query, however slow, do not hold it up.
 * Assumed: this rule, and that the same field under two aliases makes two batches. AWS says that siblings of a request are gathered, not when.
 */

/** A field of the compiled query. */
interface Place {
  readonly parent: Place | undefined;
}

interface Resolutions {
  /** Begun and not ended. */
  running: number;
  /** Of those, how many stand in a batch that is not sent. */
  waiting: number;
}

interface Batch {
  readonly field: Place;
  readonly most: number;
  items: unknown[];
  answers: { resolve(answer: unknown): void; reject(error: unknown): void }[];
  readonly send: (items: readonly unknown[]) => Promise<readonly unknown[]>;
}

export class BatchScope {
  private readonly resolutions = new Map<Place, Resolutions>();
  /** By what is asked: a unit resolver, or one function of a pipeline, at one place of the query. */
  private readonly batches = new Map<Place, Map<object, Batch>>();
  private isCheckDue = false;

  /** A resolver run begins. */
  enter(field: Place): void {
    this.of(field).running++;
  }

  /** It has ended; what its value brings follows before the next turn of the event loop. */
  leave(field: Place): void {
    this.of(field).running--;
    this.checkSoon();
  }

  /** See `BatchCall.gather`. @param step what asks; the items of a batch come from the same one */
  gather<Item, Answer>(field: Place, step: object, item: Item, most: number, send: (items: readonly Item[]) => Promise<readonly Answer[]>): Promise<Answer> {
    const ofField = this.batches.get(field) ?? new Map<object, Batch>();
    this.batches.set(field, ofField);
    // One step asks for items of one kind, and gets answers of one kind.
    const batch = ofField.get(step) ?? ({ field, most, items: [], answers: [], send } as Batch);
    ofField.set(step, batch);
    this.of(field).waiting++;
    return new Promise<Answer>((resolve, reject) => {
      batch.items.push(item);
      batch.answers.push({ resolve: resolve as (answer: unknown) => void, reject });
      if (batch.items.length >= most) this.send(batch);
      else this.checkSoon();
    });
  }

  /** After everything that is due now: siblings ask one after the other. */
  private checkSoon(): void {
    if (this.isCheckDue || this.batches.size === 0) return;
    this.isCheckDue = true;
    setImmediate(() => {
      this.isCheckDue = false;
      for (const ofField of this.batches.values()) for (const batch of ofField.values()) if (batch.items.length > 0 && this.isComplete(batch.field)) this.send(batch);
    });
  }

  private isComplete(field: Place): boolean {
    const { running, waiting } = this.of(field);
    if (running > waiting) return false;
    for (let around = field.parent; around; around = around.parent) if (this.of(around).running > 0) return false;
    return true;
  }

  private send(batch: Batch): void {
    const { field, items, answers } = batch;
    batch.items = [];
    batch.answers = [];
    this.of(field).waiting -= items.length;
    batch.send(items).then(
      (values) => answers.forEach(({ resolve }, i) => resolve(values[i])),
      (error: unknown) => answers.forEach(({ reject }) => reject(error)),
    );
  }

  private of(field: Place): Resolutions {
    let resolutions = this.resolutions.get(field);
    if (!resolutions) this.resolutions.set(field, (resolutions = { running: 0, waiting: 0 }));
    return resolutions;
  }
}
