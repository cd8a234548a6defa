/** A progress bar on standard error; silent where that is no terminal. */
export class Progress {
  private shown = false
  private done = 0
  private lastDraw = 0
  private readonly active: boolean

  constructor(
    private readonly label: string,
    private readonly total: number,
    { silent = false }: { silent?: boolean } = {},
  ) {
    this.active = !silent && process.stderr.isTTY === true && total > 0
  }
  update(done: number, text = ''): void {
    this.done = done
    this.detail(text)
  }
  /** Draws at most twenty times a second. */
  detail(text: string): void {
    const now = performance.now()
    if (!this.active || now - this.lastDraw < 50) return
    this.lastDraw = now
    const columns = process.stderr.columns ?? 80
    const width = Math.max(10, Math.min(30, columns - 50))
    const filled = Math.max(0, Math.min(width, Math.round((width * this.done) / this.total)))
    const line = `${this.label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${this.done}/${this.total} ${text}`
    process.stderr.write(`\r\x1b[K${line.slice(0, columns - 1)}`)
    this.shown = true
  }
  clear(): void {
    if (this.shown) process.stderr.write('\r\x1b[K')
    this.shown = false
  }
}
