/** Preloaded into a process that a script started: when the script is gone, however it went, its end
 * of our input closes, and we stop as if asked to. */
process.stdin
  .on("close", () => process.kill(process.pid, "SIGTERM"))
  .resume()
  .unref();
