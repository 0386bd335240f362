/** Prints what this process has cost so far, as its last line: CPU time in ms, peak memory in MiB, and what else was measured. */
exports.print = (figures = {}) => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024, ...figures }));
};
