interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes few large calls of many small ones: what is asked for while a call is under way goes into the next one together, and what is asked
 * for while none is does not wait.
 */
export class Batch<Item, Answer> {
  #waiting: Waiting<Item, Answer>[] = [];
  #running = false;

  /** @param run answers in the order of the items, all or none */
  constructor(private readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>) {}

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#running) {
        void this.#runWaiting();
      }
    });
  }

  async #runWaiting(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await this.#runTogether(this.#waiting.splice(0));
    }
    this.#running = false;
  }

  async #runTogether(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (batch.length > 1) {
        // What is wrong with one must not become the failure of the others.
        await Promise.all(batch.map((one) => this.#runTogether([one])));
      } else {
        batch[0]?.reject(error);
      }
    }
  }
}
