/** A jest reporter whose last line is 'components: N passed, N failed', as the other test runners close. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    console.log(`components: ${results.numPassedTests} passed, ${failed} failed`);
  }
}
