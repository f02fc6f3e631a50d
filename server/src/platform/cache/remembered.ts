/** Something that takes long to find out and may be a little old: found out once for all who ask at the same time, and kept for a while. */
export class Remembered<Value> {
  #value: Promise<Value> | undefined;
  #until = 0;

  /** @param milliseconds how old it may be, counted from when it was found out */
  constructor(
    private readonly milliseconds: number,
    private readonly find: () => Promise<Value>,
  ) {}

  get(): Promise<Value> {
    if (!this.#value || performance.now() >= this.#until) {
      this.#until = Infinity;
      this.#value = this.#findOut();
    }
    return this.#value;
  }

  async #findOut(): Promise<Value> {
    try {
      const value = await this.find();
      this.#until = performance.now() + this.milliseconds;
      return value;
    } catch (error) {
      this.#until = 0;
      throw error;
    }
  }
}
