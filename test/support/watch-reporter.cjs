/**
 * Tests wait for events and have no limit of their own, so that a slow machine fails none. What hangs is ended here: by name,
 * after far longer than any file takes.
 */
const LONGEST_MS = Number(process.env.ACCORD_TEST_LONGEST_MINUTES ?? 30) * 60_000;

module.exports = class WatchReporter {
  watches = new Map();

  onTestFileStart({ path }) {
    const end = () => {
      process.stderr.write(`\n${path} has run for ${LONGEST_MS / 60_000} minutes: it hangs.\n`);
      process.exit(1);
    };
    this.watches.set(path, setTimeout(end, LONGEST_MS).unref());
  }

  onTestFileResult({ path }) {
    clearTimeout(this.watches.get(path));
    this.watches.delete(path);
  }
};
