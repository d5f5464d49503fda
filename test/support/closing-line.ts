import type { TestModule, Vitest } from 'vitest/node'

/** Ends the run with one line that programs can read: `N passed, N failed`, and `, N skipped` if any were. */
export default class ClosingLine {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest) {
    this.#vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    const count = (state: string) => states.filter((other) => other === state).length
    // A file that did not load, and an error outside of any test, have no test that failed for them.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const skipped = count('skipped')
    const line = `${count('passed')} passed, ${count('failed') + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    // The default reporter writes its summary after this hook.
    this.#vitest?.onClose(() => void process.stdout.write(`${line}\n`))
  }
}
