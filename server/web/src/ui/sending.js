// A file on its way: its progress, then the outcome.

import { useState } from 'preact/hooks';
import { api, ApiError, asApiError } from '../api.js';

/**
 * @typedef {object} Outcome
 * @property {string} name of the file
 * @property {any} answer when it was accepted
 * @property {ApiError | null} error when it was not
 */

/** @param {(outcome: Outcome) => void} [onDone] */
export function useSending(onDone) {
	const [progress, setProgress] = useState(/** @type {{name: string, size: number, share: number} | null} */ (null));
	const [outcome, setOutcome] = useState(/** @type {Outcome | null} */ (null));
	async function send(/** @type {string} */ path, /** @type {File} */ file, /** @type {Record<string, string>} */ headers = {}) {
		const started = { name: file.name, size: file.size, share: 0 };
		setOutcome(null);
		setProgress(started);
		/** @type {Outcome} */
		const done = { name: file.name, answer: null, error: null };
		try {
			done.answer = await api.send(path, file, { headers, progress: (share) => setProgress({ ...started, share }) });
		} catch (thrown) {
			done.error = asApiError(thrown);
		}
		setProgress(null);
		setOutcome(done);
		onDone?.(done);
	}
	return { progress, outcome, send };
}
