// The job of the probes' tests: what they say before a plugin changed something, while it is so, and after its cleanup.
export function run({ open, process }, { library, change, limit, look }) {
  const probes = {
    state: () => process.state(),
    counts: () => process.counts(),
    threads: () => process.threads(),
    descriptors: () => [...process.descriptors()],
    cpu: () => process.cpuTimeMs(),
  };
  const plugin = open(library);
  const before = probes[look]();
  const init = () => plugin.init(change, null);
  const code = limit === undefined ? init() : process.withLimit(limit.means, limit.room, init);
  const between = probes[look]();
  const again = probes[look]();
  plugin.cleanup();
  return { code, before, between, again, after: probes[look]() };
}
