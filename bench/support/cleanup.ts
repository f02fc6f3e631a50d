/** What has been started and is to be ended, the last first. */
export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Ends everything. What fails is reported and keeps nothing else from being ended. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error: unknown) => {
        console.error('Could not clean up:', error);
      });
    }
  }
}
