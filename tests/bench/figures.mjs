/** What the benchmarks share: medians, clocks and lines of output. @module */
import {cpus, totalmem, release} from 'node:os';

/** @param {number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[sorted.length >> 1];
}

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Microseconds that `work` takes. @param {() => void} work */
export function microseconds(work) {
	const from = process.hrtime.bigint();
	work();
	return Number(process.hrtime.bigint() - from) / 1000;
}

/** @param {string} what @param {string} figure */
export function line(what, figure) {
	console.log(`${what.padEnd(62)} ${figure}`);
}

export function machine() {
	const processors = cpus();
	line('macchina / machine', `${processors.length} × ${processors[0].model.trim()}, ` +
		`${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`);
}
