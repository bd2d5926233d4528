/**
 * Loaded before each file of tests (`--import`). The runner gives a test five minutes, but waits without end for a file that
 * leaves something open; here such a file fails and says what it was.
 */
const longest = 25 * 60_000;

if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  setTimeout(() => {
    const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
    process.stderr.write(
      `${process.argv[1] ?? ''}: still running after ${longest / 60_000} minutes, with open: ${open}\n`,
    );
    process.exit(1);
  }, longest).unref();
}
