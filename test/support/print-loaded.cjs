/** Loaded into a server's process with `--require`: prints at its end what it had loaded, as one line of JSON. */
process.on("exit", () => {
  const loaded = Object.keys(require.cache).map((path) => path.replaceAll("\\", "/"));
  process.stdout.write(`\n${JSON.stringify({ loaded })}\n`);
});
