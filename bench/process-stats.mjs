import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second, whatever the kernel was built with. */
const TICK_MS = 10;

/**
 * A process's memory. `peak` is `null` where the system does not keep it.
 *
 * @param {number} pid
 * @returns {{ residentMb: number, peakMb: number | null }}
 */
export function memoryOf(pid) {
  const status = readProc(pid, "status");
  if (status === null) {
    return { residentMb: Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024, peakMb: null };
  }
  const megabytes = (/** @type {string} */ name) =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { residentMb: megabytes("VmRSS"), peakMb: megabytes("VmHWM") };
}

/** The peak begins anew, where the system lets us. @param {number} pid */
export function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // then it is the peak since the process began
  }
}

/** Processor time that a process has used, all its threads together; `null` where that cannot be told. @param {number} pid */
export function cpuMsOf(pid) {
  const fields = readProc(pid, "stat")
    ?.replace(/^.*\) /s, "")
    .split(" ");
  return fields ? (Number(fields[11]) + Number(fields[12])) * TICK_MS : null;
}

/** @param {number} pid @param {string} file */
function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return null;
  }
}
