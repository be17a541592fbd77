/** Remembers the last `most` texts. */
export class Recent {
  private readonly texts = new Set<string>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    this.texts.delete(text);
    this.texts.add(text);
    const [oldest] = this.texts;
    if (this.texts.size > this.most && oldest !== undefined) this.texts.delete(oldest);
  }
}
